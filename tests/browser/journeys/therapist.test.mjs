// Goal: a therapist works through the caseload with keys alone, the focus never lost, and sees what
// a client says on the phone without asking for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../axe.mjs';
import { desktop, openBrowser, openPage, phone } from '../browser.mjs';
import { settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';
import { checkIn, tabTo } from '../steps.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What has the focus, in words; the body has it when it is lost. */
async function focused(page) {
  return page.evaluate(() => {
    const { tagName, textContent } = document.activeElement;
    return tagName === 'BODY' ? '' : `${tagName} ${textContent.trim().slice(0, 60)}`;
  });
}
const nameOf = (page) => page.locator('main h1').innerText();
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

async function signInByKeys(page, { email, password }) {
  await page.goto('/sign-in');
  await settled(page);
  await tabTo(page, null, 'email');
  await page.keyboard.type(email);
  await tabTo(page, null, 'password');
  await page.keyboard.type(password);
  await press(page, 'Enter');
  await page.locator('tr.person').first().waitFor();
  await settled(page);
}

test('caseload, glance, seen, closed with an outcome, next: by keys alone', async () => {
  const page = await openPage(browser, server.base, desktop);
  await signInByKeys(page, server.signIn('a therapist'));
  const names = await page.locator('tr.person th a').allInnerTexts();

  await press(page, 'j', 'k');
  assert.equal(await focused(page), `A ${names[0]}`, 'j and k move between the rows');
  await press(page, 'Enter');
  await page.getByRole('heading', { level: 1, name: names[0] }).waitFor();
  await settled(page);
  assert.ok(await focused(page), 'the new screen has the focus');

  const close = page.getByRole('button', { name: /^Close/ });
  const open = await close.count();
  assert.ok(open > 0, 'whoever stands on top has an open signal');
  const unseen = page.getByRole('button', { name: /^Mark as seen/ });
  if ((await unseen.count()) > 0) {
    await press(page, 's');
    await page.getByRole('status').filter({ hasText: names[0] }).waitFor();
    await settled(page);
  }

  await tabTo(page, /^Close/);
  await press(page, 'Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, null, 'radio');
  await press(page, 'Space');
  await tabTo(page, null, undefined, 'TEXTAREA');
  await page.keyboard.type('We spoke for ten minutes and meet on Thursday.');
  await tabTo(page, null, 'radio');
  await press(page, 'Space');
  await tabTo(page, /^Close the signal$/);
  await press(page, 'Enter');
  await dialog.waitFor({ state: 'detached' });
  await settled(page);
  assert.equal(await close.count(), open - 1, 'the signal is closed');
  await page.waitForFunction(() => document.activeElement !== document.body);

  await press(page, 'j');
  await page.waitForFunction(
    (before) => document.querySelector('main h1')?.textContent !== before,
    names[0],
  );
  await settled(page);
  assert.equal(await nameOf(page), names[1], 'next is who stood next when the walk began');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a meeting that was planned is recorded as held', async () => {
  const page = await openPage(browser, server.base, desktop);
  const { email, password } = server.signIn('a therapist');
  await signIn(page, email, password);
  await page.locator('tr.person th a').first().click();
  const actions = page.locator('summary', { hasText: 'Actions' });
  const open = async (name) => {
    await actions.click();
    await page.getByRole('button', { name }).click();
    return page.getByRole('dialog');
  };
  let dialog = await open('Plan a meeting');
  await dialog.getByLabel('Day', { exact: true }).fill('2030-03-14');
  await dialog.getByLabel('Time', { exact: true }).fill('10:30');
  await dialog.getByLabel('By phone').check();
  await dialog.getByRole('button', { name: 'Plan the meeting' }).click();
  await dialog.waitFor({ state: 'detached' });
  await settled(page);

  const options = page.getByRole('dialog').locator('option[value]:not([value=""])');
  dialog = await open('Record how a meeting went');
  await dialog.waitFor();
  const before = await options.count();
  assert.ok(before > 0, 'the planned meeting is asked about');
  await dialog.getByLabel('Which meeting').selectOption({ index: 1 });
  await dialog.getByText('We met', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await settled(page);
  dialog = await open('Record how a meeting went');
  await dialog.waitFor();
  assert.equal(await options.count(), before - 1, 'it is not asked about again');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what a client says on the phone appears on the open caseload', async () => {
  const therapist = await openPage(browser, server.base, desktop);
  const own = server.signIn('a therapist');
  await signIn(therapist, own.email, own.password);
  const row = therapist.getByRole('row').filter({ hasText: 'Maya Lindqvist' });
  await row.waitFor();
  await therapist.evaluate(() => (window.sameDocument = true));
  assert.doesNotMatch(await row.innerText(), /thoughts/i);

  const { email, password } = server.signIn('a client');
  const client = await openPage(browser, server.base, phone);
  await signIn(client, email, password);
  const heard = row.locator('td.heard');
  const before = await heard.innerText();
  await checkIn(client);
  await therapist.waitForFunction(
    ([name, was]) =>
      [...document.querySelectorAll('tr.person')].some(
        (each) =>
          each.textContent.includes(name) && each.querySelector('.heard').innerText !== was,
      ),
    ['Maya Lindqvist', before],
  );

  await client.getByRole('link', { name: 'Back to Today' }).click();
  await client.getByRole('button', { name: /^Today is hard/ }).click();
  await client.getByRole('button', { name: /^Yes/ }).click();
  await therapist
    .locator('tbody', { has: therapist.locator('.tier', { hasText: 'risk' }) })
    .getByText('Maya Lindqvist')
    .waitFor();
  assert.ok(await therapist.evaluate(() => window.sameDocument), 'nothing was loaded anew');
  assert.deepEqual(therapist.faults, []);
  assert.deepEqual(client.faults, []);
  await therapist.context().close();
  await client.context().close();
});
