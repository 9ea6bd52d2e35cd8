// Goal: the help page is there for everybody: signed out, without script, with links that call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { overflow, violations } from '../axe.mjs';
import { narrow, openBrowser, openPage } from '../browser.mjs';
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

test('help needs no script and no sign-in, and its links call', async () => {
  const page = await openPage(browser, server.base, narrow, { javaScriptEnabled: false });
  const answer = await page.goto('/help');
  assert.equal(answer.status(), 200);
  const links = await page.locator('a[href^="tel:"]').all();
  assert.ok(links.length >= 2, 'an emergency number and a line');
  for (const link of links) {
    assert.match(await link.getAttribute('href'), /^tel:\+?[0-9]{2,15}$/);
    const box = await link.boundingBox();
    assert.ok(box.height >= 44, 'a thumb can hit it');
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`help has no axe violation and fits 320 px (${colorScheme})`, async () => {
    const page = await openPage(browser, server.base, narrow, { colorScheme });
    await page.goto('/help');
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflow(page), '');
    await page.context().close();
  });
}

test('the sign-in page leads to help', async () => {
  const page = await openPage(browser, server.base, narrow);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Get help now' }).click();
  await page.locator('a[href^="tel:"]').first().waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
