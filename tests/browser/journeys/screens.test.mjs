// Goal: every screen is free of axe violations in both themes, fits 320 px with long
// words and right to left, and has targets that a thumb can hit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { overflow, smallTargets, violations } from '../axe.mjs';
import { desktop, narrow, openBrowser, openPage, phone } from '../browser.mjs';
import { startFixtures } from '../fixtures.mjs';
import { client, manager, openScreen, signedOut, signIn, staff } from '../screens.mjs';

let server, browser;
before(async () => {
  server = await startFixtures();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function everyScreen(screens, person, viewport, options, query, look) {
  const page = await openPage(browser, server.base, viewport, options);
  if (person) await signIn(page, person, 'any');
  const found = [];
  for (const [name, path] of Object.entries(screens)) {
    await openScreen(page, path, query);
    for (const fault of await look(page)) found.push(`${name}: ${fault}`);
  }
  found.push(...page.faults);
  await page.context().close();
  assert.deepEqual(found, []);
}

const groups = [
  ['signed out', signedOut, undefined, 44],
  ['of the client', client, 'maya@example.org', 44],
  ['of the therapist', staff, 'lee@example.org', 24],
  ['of the manager', manager, 'manager@example.org', 24],
];
// Colours do not hang on the width: the fourth pair would only take time.
const looks = [
  ['light', phone],
  ['dark', phone],
  ['light', desktop],
];
for (const [whose, screens, person, least] of groups) {
  for (const [colorScheme, viewport] of looks) {
    test(`no screen ${whose} has an axe violation (${colorScheme}, ${viewport.width} px)`, () =>
      everyScreen(screens, person, viewport, { colorScheme }, '', (page) => violations(page)));
  }
  for (const lang of ['en', 'en-XL', 'en-XR']) {
    test(`every screen ${whose} fits 320 px (${lang})`, () =>
      everyScreen(screens, person, narrow, {}, `lang=${lang}`, async (page) => {
        const wide = await overflow(page);
        return wide ? [wide] : [];
      }));
  }
  test(`every target ${whose} is at least ${least} px high`, () =>
    everyScreen(screens, person, phone, {}, '', (page) => smallTargets(page, least)));
}
