// Goal: on a phone that others use, nothing of what was written outlives the sign-out, and "Hide"
// leaves a neutral page from which Back does not lead into the record.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, phone } from '../browser.mjs';
import { settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function signedIn(mine) {
  const { email, password } = server.signIn('a client');
  const page = await openPage(browser, server.base, phone);
  await signIn(page, email, password, { mine });
  return page;
}

/** All that this site keeps in the browser, as one text. */
async function keptInBrowser(page) {
  return page.evaluate(async () => {
    const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const base = await new Promise((done, fail) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => fail(opening.error);
      });
      for (const store of base.objectStoreNames) {
        const all = base.transaction(store).objectStore(store).getAll();
        found.push(await new Promise((done) => {
          all.onsuccess = () => done(JSON.stringify(all.result));
        }));
      }
      base.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        found.push(request.url, await answer.text());
      }
    }
    return found.join('\n');
  });
}

const planted = 'the heron by the lock';

async function writeDraftAndLeave(page) {
  await page.goto('/check-in?step=text');
  await settled(page);
  await page.getByLabel('In your own words').fill(planted);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'That counts. Anything else?' }).waitFor();
  assert.ok(!(await keptInBrowser(page)).includes(planted), 'what is half filled in lies sealed');
  await page.goto('/check-in?step=text');
  await settled(page);
  const again = await page.getByLabel('In your own words').inputValue();
  assert.equal(again, planted, 'a half-filled check-in survives a closed tab');
  await page.goto('/more');
  await settled(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  const anyway = page.getByRole('button', { name: 'Sign out and lose them' });
  const heading = page.getByRole('heading', { name: 'Sign in' });
  await anyway.or(heading).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await heading.waitFor();
}

test('nothing of what was written outlives the sign-out on a shared phone', async () => {
  const page = await signedIn(false);
  await page.goto('/plan');
  await settled(page);
  const lines = await page.locator('main li').allInnerTexts();
  const first = lines.map((line) => line.split('\n')[0].trim());
  const ownWords = first.filter((line) => line.length > 12);
  assert.ok(ownWords.length > 2, 'the demo has a safety plan');
  await writeDraftAndLeave(page);
  const kept = await keptInBrowser(page);
  for (const words of [planted, 'Maya', 'maya@', ...ownWords]) {
    assert.ok(!kept.includes(words), `"${words}" is still in the browser`);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('Hide leaves a neutral page, and Back does not lead into the record', async () => {
  const page = await signedIn(false);
  await page.getByRole('button', { name: /^Hide/ }).or(page.getByRole('link', { name: /^Hide/ }))
    .first().click();
  await page.waitForURL('**/notes.html');
  assert.doesNotMatch(await page.locator('body').innerText(), /Maya|Check in|Evenkeel|help now/i);
  for (let steps = 0; steps < 4; ++steps) {
    // At the bottom of the history there is nothing to go back to.
    await page.goBack().catch(() => undefined);
    await page.waitForURL(/notes\.html$|^about:blank$/);
    assert.doesNotMatch(await page.locator('body').innerText(), /Maya|Check in/);
  }
  await page.context().close();
});
