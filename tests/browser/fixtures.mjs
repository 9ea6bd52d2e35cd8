// The screens against the fixtures of ui/dev: every state at once and always the same, for axe,
// narrow windows and pictures. What the product does is proved against the real server instead.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from './server.mjs';

const ui = fileURLToPath(new URL('../../ui', import.meta.url));
const vite = 'node_modules/vite/bin/vite.js';
const built = ['--mode', 'development', '--outDir', 'dist-fixtures'];

export async function startFixtures() {
  execFileSync(process.execPath, [vite, 'build', ...built], { cwd: ui, stdio: 'ignore' });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [vite, 'preview', ...built, '--host', '127.0.0.1', '--port', `${port}`, '--strictPort'],
    { cwd: ui, stdio: 'ignore' },
  );
  for (let tries = 0; tries < 2400; ++tries) {
    const answer = await fetch(`${base}/api/service`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || tries === 2399) throw new Error('the fixtures did not start');
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    base,
    async stop() {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
