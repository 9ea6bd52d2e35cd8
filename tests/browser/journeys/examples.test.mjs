// Goal: every component and every screen of staff, in every state that its examples show, is free
// of axe violations in both themes and fits 320 px, with long words and right to left too.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { overflow, violations } from '../axe.mjs';
import { desktop, narrow, openBrowser, openPage } from '../browser.mjs';
import { serveFolder } from '../folder.mjs';
import { settled } from '../screens.mjs';

const ui = fileURLToPath(new URL('../../../ui', import.meta.url));
let server, browser, components, screens;

before(async () => {
  execFileSync('npm', ['run', 'build:examples', '--silent'], { cwd: ui, stdio: 'ignore' });
  server = await serveFolder(`${ui}/dist-examples`);
  browser = await openBrowser();
  const page = await openPage(browser, server.base, desktop);
  await page.goto('/examples/index.html');
  const addresses = (name) =>
    page.getByRole('navigation', { name }).getByRole('link').evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')).filter((href) => href !== '?'));
  [components, screens] = [await addresses('Components'), await addresses('Screens')];
  await page.context().close();
  assert.ok(components.length > 0 && screens.length > 0, 'the page of examples is empty');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function everyOne(addresses, viewport, options, query, look) {
  const page = await openPage(browser, server.base, viewport, options);
  const found = [];
  for (const address of addresses) {
    await page.goto(`/examples/index.html${address}${query}`);
    await settled(page);
    for (const fault of await look(page)) found.push(`${address}: ${fault}`);
  }
  found.push(...page.faults);
  await page.context().close();
  assert.deepEqual(found, []);
}

for (const colorScheme of ['light', 'dark']) {
  test(`no example has an axe violation (${colorScheme})`, async () => {
    const all = [...components, ...screens];
    await everyOne(all, desktop, { colorScheme }, '', (page) => violations(page));
  });
}
for (const lang of ['', 'en-XL', 'en-XR']) {
  const query = lang && `&lang=${lang}`;
  test(`examples for the phone fit 320 px (${lang || 'English'})`, async () => {
    await everyOne(components, narrow, {}, query, async (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('.room.phone')]
          .filter((room) => room.scrollWidth > room.clientWidth + 1)
          .map((room) => `${room.closest('article').dataset.example} is too wide`)));
  });
  test(`examples of screens fit 320 px (${lang || 'English'})`, async () => {
    await everyOne(screens, narrow, {}, query, async (page) =>
      [await overflow(page)].filter(Boolean));
  });
}
