// Goal: every component, in every state that its examples show, is free of axe violations in both
// themes and fits 320 px, with long words and right to left too.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from '../axe.mjs';
import { desktop, narrow, openBrowser, openPage } from '../browser.mjs';
import { serveFolder } from '../folder.mjs';

const ui = fileURLToPath(new URL('../../../ui', import.meta.url));
let server, browser, components;

before(async () => {
  execFileSync('npm', ['run', 'build:examples', '--silent'], { cwd: ui, stdio: 'ignore' });
  server = await serveFolder(`${ui}/dist-examples`);
  browser = await openBrowser();
  const page = await openPage(browser, server.base, desktop);
  await page.goto('/examples/index.html');
  components = await page.locator('nav a').allTextContents();
  components = components.filter((name) => name !== 'All');
  await page.context().close();
  assert.ok(components.length > 0, 'the page of examples is empty');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function everyComponent(viewport, options, query, look) {
  const page = await openPage(browser, server.base, viewport, options);
  const found = [];
  for (const name of components) {
    await page.goto(`/examples/index.html?component=${name}${query}`);
    await page.locator('article').first().waitFor();
    for (const fault of await look(page)) found.push(`${name}: ${fault}`);
  }
  found.push(...page.faults);
  await page.context().close();
  assert.deepEqual(found, []);
}

for (const colorScheme of ['light', 'dark']) {
  test(`no example has an axe violation (${colorScheme})`, async () => {
    await everyComponent(desktop, { colorScheme }, '', (page) => violations(page));
  });
}
for (const lang of ['', 'en-XL', 'en-XR']) {
  test(`examples for the phone fit 320 px (${lang || 'English'})`, async () => {
    await everyComponent(narrow, {}, lang && `&lang=${lang}`, async (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('.room.phone')]
          .filter((room) => room.scrollWidth > room.clientWidth + 1)
          .map((room) => `${room.closest('article').dataset.example} is too wide`)));
  });
}
