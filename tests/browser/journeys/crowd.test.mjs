// Goal: thirty people who sign in at the same moment all get in, and the machine keeps its
// memory: a password takes 64 MiB while it is hashed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../server.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

test('thirty sign-ins at once stay under 160 MiB', async () => {
  const people = ['maya@', 'lee@', 'osei@', 'haddad@', 'manager@', 'admin@'].map(server.signIn);
  const signIn = ({ email, password }) =>
    fetch(`${server.base}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Evenkeel': '1' },
      body: JSON.stringify({ email, password }),
    });
  const all = Array.from({ length: 30 }, (_, i) => signIn(people[i % people.length]));
  const answers = await Promise.all(all);
  assert.deepEqual(new Set(answers.map((each) => each.status)), new Set([200]));
  const most = server.mostMemory();
  assert.ok(most > 64, `a password is hashed with 64 MiB, so ${most} MiB was not measured`);
  assert.ok(most < 160, `${most} MiB`);
});
