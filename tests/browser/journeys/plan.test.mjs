// Goal: from what a therapist notes to a plan that the client agrees to on the own phone: the
// options with their reasons, what the client wants, refusals in plain words, and two people who
// change the same part lose nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../axe.mjs';
import { desktop, openBrowser, openPage, phone } from '../browser.mjs';
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

const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const said = (page, text) => page.getByRole('status').filter({ hasText: text }).waitFor();

/** Fills in the form of a goal; what is undefined stays as it is. */
async function fill(page, { problem, goal, reason, review, who }) {
  const texts = [['Problem', problem], ['Goal', goal], ['Why this one', reason]];
  for (const [label, text] of [...texts, ['Review on', review]]) {
    if (text !== undefined) await page.getByLabel(label, { exact: true }).fill(text);
  }
  if (who !== undefined) await page.getByLabel('Responsible').selectOption({ index: who });
}
const save = (page) => page.getByRole('button', { name: 'Save the plan' }).click();

/** What is known, with who told it. */
async function tellFacts(therapist) {
  await therapist.getByLabel('wants treatment').selectOption('yes');
  await therapist.getByLabel('treatment now', { exact: true }).selectOption('none');
  await therapist.getByLabel('takes medicines').selectOption('yes');
  await therapist.getByRole('button', { name: 'Save what I changed' }).click();
  await therapist.getByText('Say how you know it').first().waitFor();
  await therapist.getByLabel('The person told me').check();
  await therapist.getByRole('button', { name: 'Save what I changed' }).click();
  await said(therapist, 'It is in the record');
  const reviewed = 'A clinician reviews the plan before it starts.';
  await therapist.getByText(reviewed, { exact: true }).waitFor();
  assert.deepEqual(await violations(therapist), []);
}

/** What holds and why; what is wanted of the first option.
 * Returns the recommendation. */
async function lookAtOptions(therapist) {
  await therapist.getByRole('link', { name: 'Options', exact: true }).click();
  const offering = therapist.getByRole('article').filter({ has: therapist.locator('ol') }).first();
  await offering.waitFor();
  const rule = await offering.innerText();
  assert.match(rule, /It holds because/);
  assert.match(rule, /PHQ-9 total: \d+/);
  assert.match(rule, /\(\d{4}\)/, 'with its source');
  assert.ok(await therapist.getByText('What would change the advice').isVisible());
  await offering.getByRole('button', { name: /^Note what the person wants/ }).first().click();
  const dialog = therapist.getByRole('dialog');
  await dialog.getByLabel('Wants it', { exact: true }).check();
  await dialog.getByLabel(/^In their own words/).fill('Something I can begin at home.');
  await dialog.getByRole('button', { name: 'Note it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await offering.getByText('Something I can begin at home.').waitFor();
  assert.deepEqual(await violations(therapist), []);
  return offering;
}

/** Refused with empty fields and with a day that has passed, then made. */
async function makePlan(therapist, offering) {
  await offering.getByRole('link', { name: /^Put it in the plan/ }).first().click();
  await therapist.getByLabel('Problem', { exact: true }).waitFor();
  await save(therapist);
  await therapist.getByRole('link', { name: 'Choose who is responsible' }).waitFor();
  await fill(therapist, {
    problem: 'I stay in, and the evenings are the worst.',
    goal: 'Ring my brother on Sundays',
    reason: 'It can begin at home, this week.',
    review: day(-3),
    who: 1,
  });
  await save(therapist);
  await therapist.getByRole('link', { name: /This day has passed/ }).waitFor();
  await fill(therapist, { review: day(28) });
  assert.deepEqual(await violations(therapist), []);
  await save(therapist);
  await said(therapist, 'The plan is in the record');
  await therapist.getByText('The person has not answered to this version yet.').waitFor();
}

/** The client reads the plan, agrees, and rates the goal. */
async function agreeAndRate(client) {
  await client.getByRole('link', { name: 'More', exact: true }).click();
  await client.getByRole('link', { name: /^My treatment plan/ }).click();
  const mine = client.getByRole('article').filter({ hasText: 'Ring my brother on Sundays' });
  await mine.getByText('We chose it because: It can begin at home, this week.').waitFor();
  await mine.getByText('Why this was offered').click();
  await mine.getByText(/^From: /).waitFor();
  await settled(client);
  assert.deepEqual(await violations(client), []);
  await client.getByRole('button', { name: 'I agree with this plan' }).click();
  await client.getByText(/^You agreed to this plan on/).waitFor();
  await client.goto('/my-goals');
  const rated = client.locator('form', { hasText: 'Ring my brother on Sundays' });
  await rated.getByRole('radio', { name: '7', exact: true }).check();
  await rated.getByRole('button', { name: 'Save this' }).click();
  await rated.getByText(/^Last time, on .*: 7 of 10\./).waitFor();
  assert.deepEqual(await violations(client), []);
}

test('facts, options, what is wanted, a plan, agreed and rated', async () => {
  const therapist = await openPage(browser, server.base, desktop);
  const lee = server.signIn('a therapist');
  await signIn(therapist, lee.email, lee.password);
  await therapist.getByRole('link', { name: 'Maya Lindqvist' }).first().click();
  await therapist.locator('summary', { hasText: 'Actions' }).click();
  await therapist.getByRole('link', { name: 'Open the assessment' }).click();

  await tellFacts(therapist);
  const offering = await lookAtOptions(therapist);
  await makePlan(therapist, offering);

  const client = await openPage(browser, server.base, phone);
  const maya = server.signIn('a client');
  await signIn(client, maya.email, maya.password);
  await agreeAndRate(client);

  await therapist.reload();
  await therapist.getByText(/^The person agreed on/).waitFor();
  await therapist.getByText(/^7 of 10 on/).waitFor();
  assert.deepEqual(therapist.faults.filter((each) => !/422/.test(each)), []);
  assert.deepEqual(client.faults, []);
  await client.context().close();
  await therapist.context().close();
});

test('two changes of one part are shown side by side, and nothing is overwritten', async () => {
  const lee = server.signIn('a therapist');
  const pages = [];
  for (let i = 0; i < 2; ++i) {
    const page = await openPage(browser, server.base, desktop);
    await signIn(page, lee.email, lee.password);
    await page.getByRole('link', { name: 'Maya Lindqvist' }).first().click();
    await page.locator('summary', { hasText: 'Actions' }).click();
    await page.getByRole('link', { name: 'Open the treatment plan' }).click();
    await page.getByRole('button', { name: /^Change.*Ring my brother/ }).click();
    await page.getByLabel('Problem', { exact: true }).waitFor();
    pages.push(page);
  }
  const [first, second] = pages;
  await fill(first, { problem: 'The evenings alone.' });
  await save(first);
  await said(first, 'The plan is in the record');

  await fill(second, { problem: 'Too quiet at home.', review: day(14) });
  await save(second);
  const both = second.getByRole('group', { name: 'Problem' });
  await both.getByText('The evenings alone.').waitFor();
  assert.ok(await both.getByText('Too quiet at home.').isVisible());
  assert.deepEqual(await violations(second), []);
  await save(second);
  await second.getByRole('link', { name: 'Choose which of the two stays' }).waitFor();
  await both.getByLabel('In the record now').check();
  await save(second);
  await said(second, 'The plan is in the record');
  await second.getByText('The evenings alone.').waitFor();

  await second.getByRole('button', { name: 'Compare versions' }).click();
  await second.locator('tr.differs').first().waitFor();
  assert.deepEqual(await violations(second), []);
  for (const page of pages) await page.context().close();
});
