// Goal: every screen is free of axe violations in both themes, fits every width with words that can
// be read, with long words and right to left too, and has targets that a thumb can hit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { overflow, smallTargets, unreadable, violations } from '../axe.mjs';
import { desktop, narrow, openBrowser, openPage, phone } from '../browser.mjs';
import { startFixtures } from '../fixtures.mjs';
import { client, manager, openScreen, settled, signedOut, signIn, staff } from '../screens.mjs';

let server, browser;
before(async () => {
  server = await startFixtures();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const tablet = { width: 768, height: 1024 };
const laptop = { width: 1024, height: 768 };
const windows = [narrow, phone, tablet, laptop, desktop];
// Colours do not hang on the width: the fourth pair would only take time.
const looks = [
  ['light', phone],
  ['dark', phone],
  ['light', desktop],
];

/** Each screen is opened once; then the window changes around it. */
async function everyScreen(screens, person, query, look) {
  const page = await openPage(browser, server.base, desktop);
  if (person) await signIn(page, person, 'any');
  const found = [];
  for (const [name, path] of Object.entries(screens)) {
    await page.setViewportSize(desktop);
    await openScreen(page, path, query);
    for (const fault of await look(page)) found.push(`${name}: ${fault}`);
  }
  found.push(...page.faults);
  await page.context().close();
  assert.deepEqual(found, []);
}

async function resize(page, size) {
  await page.setViewportSize(size);
  await settled(page);
}

async function inEveryWindow(page, least) {
  const found = [];
  for (const size of windows) {
    await resize(page, size);
    const wide = await overflow(page);
    const faults = [...(wide ? [wide] : []), ...(await unreadable(page))];
    if (size === phone) faults.push(...(await smallTargets(page, least)));
    found.push(...faults.map((fault) => `${size.width} px: ${fault}`));
  }
  return found;
}

async function inEveryLook(page) {
  const found = [];
  for (const [colorScheme, size] of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await resize(page, size);
    for (const fault of await violations(page)) {
      found.push(`${colorScheme}, ${size.width} px: ${fault}`);
    }
  }
  return found;
}

const groups = [
  ['signed out', signedOut, undefined, 44],
  ['of the client', client, 'maya@example.org', 44],
  ['of the therapist', staff, 'lee@example.org', 24],
  ['of the manager', manager, 'manager@example.org', 24],
];
for (const [whose, screens, person, least] of groups) {
  test(`no screen ${whose} has an axe violation in any look`, () =>
    everyScreen(screens, person, '', inEveryLook));
  for (const lang of ['en', 'en-XL', 'en-XR']) {
    test(`every screen ${whose} can be read and hit in every window (${lang})`, () =>
      everyScreen(screens, person, `lang=${lang}`, (page) => inEveryWindow(page, least)));
  }
}

test('what is said of the own scores tells why, when asked', async () => {
  const page = await openPage(browser, server.base, phone);
  await signIn(page, 'maya@example.org', 'any');
  await openScreen(page, client.how);
  const why = page.getByText('Why does it say this?');
  const parts = ['First: 17, on ', 'Newest: 10, on ', '6 points or more', 'We can be wrong.'];
  assert.equal(await page.getByText(parts[0]).count(), 0);
  await why.click();
  for (const part of parts) await page.getByText(part).waitFor();
  await why.click();
  await settled(page);
  assert.equal(await page.getByText(parts[0]).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the glance with two signals and three findings fits 1440 x 900 without scrolling', () =>
  everyScreen({ glance: staff.glance }, 'lee@example.org', '', async (page) => {
    assert.equal(await page.locator('ul.signals > li').count(), 2);
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    return high > desktop.height ? [`${high} px high`] : [];
  }));
