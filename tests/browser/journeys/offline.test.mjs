// Goal: an answer given without a network is kept through a closed tab and stored once; one that
// was acknowledged survives a server that is killed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, openPage, openProfile, phone, watch } from '../browser.mjs';
import { helpStands, settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';
import { answerQuestionnaire, checkIn } from '../steps.mjs';

/** Entries of a kind in the client's own record, from the download that the client may make. */
async function countEntries(page, kind) {
  return page.evaluate(async (wanted) => {
    const me = await (await fetch('/api/me')).json();
    const record = await (await fetch(`/api/people/${me.person}/export`)).json();
    return record.entries.filter((entry) => entry.kind === wanted).length;
  }, kind);
}

/** The names of what lies in each row of the queue of unsent entries. */
async function waitingRows(page) {
  return page.evaluate(async () => {
    const base = await new Promise((done, fail) => {
      const opening = indexedDB.open('evenkeel');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    const all = base.transaction('queue').objectStore('queue').getAll();
    const rows = await new Promise((done) => (all.onsuccess = () => done(all.result)));
    base.close();
    return rows.map((row) => Object.keys(row).sort());
  });
}

async function kept(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // The worker takes the page over once; what comes after needs no network.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('a check-in without a network survives the closed tab and is stored once', async (t) => {
  const server = await startServer();
  const profile = await openProfile(server.base, phone);
  t.after(async () => {
    await profile.close();
    await server.stop();
  });
  const { email, password } = server.signIn('a client');
  let page = await profile.context.newPage();
  await watch(page, server.base);
  await signIn(page, email, password, { mine: true });
  await kept(page);
  const before = await countEntries(page, 'check_in');

  await profile.context.setOffline(true);
  await page.goto('/');
  await settled(page);
  await checkIn(page);
  await page.getByText(/Saved on this phone. Will be sent later./).first().waitFor();
  assert.deepEqual(await waitingRows(page), [['entry', 'iv', 'sealed']], 'it does not lie open');
  await page.close();

  page = await profile.context.newPage();
  await watch(page, server.base);
  await page.goto('/');
  await settled(page);
  await page.getByText(/saved on this phone and will be sent later/i).first().waitFor();
  await profile.context.setOffline(false);
  await page.waitForFunction(
    async () => {
      const words = document.body.innerText;
      return !/will be sent later/i.test(words);
    },
    undefined,
    { timeout: 30_000 },
  );
  await page.reload();
  await settled(page);
  assert.equal(await countEntries(page, 'check_in'), before + 1);
  assert.deepEqual(page.faults, []);
});

test('help comes first without a network too, and the answer arrives later', async (t) => {
  const server = await startServer();
  const profile = await openProfile(server.base, phone);
  t.after(async () => {
    await profile.close();
    await server.stop();
  });
  const { email, password } = server.signIn('a client');
  const page = await profile.context.newPage();
  await watch(page, server.base);
  await signIn(page, email, password, { mine: true });
  await kept(page);
  await page.goto('/questionnaire/phq-9');
  await settled(page);
  const before = await countEntries(page, 'answers');

  await profile.context.setOffline(true);
  await answerQuestionnaire(page, [0, 0, 0, 0, 0, 0, 0, 0, 2]);
  await page.waitForURL('**/help-now**');
  await helpStands(page);

  await profile.context.setOffline(false);
  await page.goto('/');
  await settled(page);
  for (let tries = 0; tries < 60; ++tries) {
    if ((await countEntries(page, 'answers')) > before) break;
    await page.waitForTimeout(500);
  }
  assert.equal(await countEntries(page, 'answers'), before + 1);
});

test('an acknowledged check-in is there after the server was killed', async (t) => {
  const server = await startServer();
  const browser = await openBrowser();
  t.after(async () => {
    await browser.close();
    await server.stop();
  });
  const { email, password } = server.signIn('a client');
  const page = await openPage(browser, server.base, phone);
  await signIn(page, email, password);
  const before = await countEntries(page, 'check_in');
  await checkIn(page);
  await page.getByText('Saved.', { exact: true }).first().waitFor();
  await server.restart();
  await page.goto('/');
  await settled(page);
  assert.equal(await countEntries(page, 'check_in'), before + 1);
});
