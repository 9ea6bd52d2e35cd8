// Goal: the whole first path, as two people walk it. A client checks in on a phone and answers
// the safety item; help comes before anything else; the therapist sees it on top with the reason
// and closes it with an outcome. With a pointer, and with keys alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../axe.mjs';
import { desktop, openBrowser, openPage, phone } from '../browser.mjs';
import { helpStands, settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';
import { answerQuestionnaire, checkIn, checkInByKeys, closeSignal } from '../steps.mjs';

let server, browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
});

async function asPerson(whose, viewport) {
  const { email, password } = server.signIn(whose);
  const page = await openPage(browser, server.base, viewport);
  await signIn(page, email, password);
  return page;
}

test('a safety answer is seen, with its reason, and closed with an outcome', async (t) => {
  server = await startServer();
  t.after(() => server.stop());

  const client = await asPerson('a client', phone);
  await checkIn(client);
  await client.getByRole('link', { name: 'Back to Today' }).click();
  await answerQuestionnaire(client, [1, 1, 1, 1, 1, 1, 1, 0, 1]);

  await client.waitForURL('**/help-now**');
  await helpStands(client);
  assert.deepEqual(await violations(client), []);
  await client.getByRole('link', { name: 'Go on' }).click();
  await client.getByRole('heading', { name: 'Thanks for telling us.' }).waitFor();
  assert.deepEqual(client.faults, []);

  const therapist = await asPerson('a therapist', desktop);
  const row = therapist.getByRole('row').filter({ hasText: 'Maya Lindqvist' });
  assert.match(await row.innerText(), /Item 9 answered .several days./);
  const tiers = await therapist.getByRole('table').innerText();
  assert.ok(
    tiers.indexOf('Maya Lindqvist') < tiers.indexOf('Asked to be contacted'),
    'nothing but other answers about risk stands above',
  );
  await row.getByRole('link').first().click();
  await settled(therapist);
  const seen = therapist.getByRole('button', { name: 'Mark as seen' });
  await seen.first().waitFor();
  const unseen = await seen.count();
  await seen.first().click();
  await seen.nth(unseen - 1).waitFor({ state: 'detached' });
  await closeSignal(therapist, {
    action: 'Called, and we spoke',
    text: 'We spoke for ten minutes. No plan; we meet on Thursday.',
    judgement: 'Yes',
  });
  await therapist.reload();
  await settled(therapist);
  assert.equal(await therapist.getByText('Answer about risk').count(), 0, 'the signal is closed');
  assert.deepEqual(await violations(therapist), []);
  assert.deepEqual(therapist.faults, []);
});

test('the same check-in by keys alone, the focus always in sight', async (t) => {
  server = await startServer();
  t.after(() => server.stop());
  const client = await asPerson('a client', phone);
  await checkInByKeys(client);
  assert.deepEqual(client.faults, []);
});
