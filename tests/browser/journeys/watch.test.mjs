// Goal: care does not end at discharge. Not on track is looked at again with the support tool; a
// relapse plan is written together; discharge leads into a watch, an early warning comes to the
// therapist, and the person comes back to the same one with one button.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../axe.mjs';
import { desktop, narrow, openBrowser, openPage } from '../browser.mjs';
import { settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';
import { closeSignal } from '../steps.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function asTherapist() {
  const page = await openPage(browser, server.base, desktop);
  const { email, password } = server.signIn('a therapist');
  await signIn(page, email, password);
  await page.locator('tr.person').first().waitFor();
  return page;
}
async function asClient() {
  const page = await openPage(browser, server.base, narrow);
  const { email, password } = server.signIn('a client');
  await signIn(page, email, password);
  return page;
}
const person = (page, name) => page.getByRole('link', { name, exact: true }).first();
async function act(page, name) {
  await page.locator('summary', { hasText: 'Actions' }).click();
  await page.getByRole('link', { name }).click();
  await settled(page);
}
async function end(...pages) {
  for (const page of pages) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
}

test('not on track is closed with what was found, and not without', async () => {
  const page = await asTherapist();
  await person(page, 'Arjun Mehta').click();
  await page.getByText('Not on track').first().waitFor();
  await page.getByRole('button', { name: /^Close/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Working together').waitFor();
  await dialog.getByText('Talked about in a meeting', { exact: true }).click();
  await dialog.getByLabel('In a sentence, for the record').fill('One small step a day.');
  await dialog.getByText('Yes', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Close the signal' }).click();
  await dialog.getByRole('link', { name: 'Say whether the plan changes' }).waitFor();
  for (const area of await dialog.getByRole('group').all()) {
    const look = area.getByText('Not part', { exact: true });
    if ((await look.count()) === 1) await look.click();
  }
  await dialog.getByText('The plan changes', { exact: true }).click();
  await dialog.getByLabel('What changes in the plan').waitFor();
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole('button', { name: 'Close the signal' }).click();
  await dialog.waitFor({ state: 'detached' });
  await end(page);
});

test('an early warning of somebody in the watch is worth a look, and says why', async () => {
  const page = await asTherapist();
  const row = page.getByRole('row').filter({ hasText: 'Gwen Harding' });
  assert.match(await row.innerText(), /Mood below the own range/);
  await person(page, 'Gwen Harding').click();
  await page.getByRole('button', { name: /^Why/ }).first().click();
  await page.getByText('Statistics only').waitFor();
  await page.keyboard.press('Escape');
  await closeSignal(page, {
    action: 'Called, and we spoke',
    text: 'The first step of the plan was taken.',
    judgement: 'Yes',
  });
  await act(page, 'Discharge and watch');
  await page.getByText(/^In the watch until/).waitFor();
  await end(page);
});

test('a relapse plan, discharge into the watch, and the way back', async () => {
  const client = await asClient();
  await client.goto('/warning-signs');
  await client.getByRole('link', { name: 'Write the first sign' }).click();
  await client.getByLabel('The sign', { exact: true }).fill('I stop answering Sam.');
  await client.getByLabel('It is about').selectOption('Drawing back');
  await client.getByRole('button', { name: 'Save it' }).click();
  await client.getByText('I stop answering Sam.').waitFor();

  const page = await asTherapist();
  await person(page, 'Maya Lindqvist').click();
  await act(page, 'Discharge and watch');
  await page.getByText('needs an agreed step for each level').waitFor();
  await page.getByLabel('What was done').fill('Eleven meetings. Activities helped most.');
  await page.getByText('The person agreed to it').click();
  await page.getByRole('button', { name: 'Discharge', exact: true }).click();
  await page.getByRole('group').getByText('needs an agreed step for each level').waitFor();
  await page.locator('.missing').getByRole('link', { name: 'Relapse plan' }).click();
  await page.getByRole('button', { name: 'Change it together' }).click();
  await page.getByLabel('First signs: what we do then').fill('Walk each day. Tell Sam.');
  await page.getByLabel('It goes on: what we do then').fill('Ask to come back.');
  await page.getByLabel('I am not safe: what we do then').fill('Use the safety plan.');
  await page.getByRole('button', { name: 'Save it' }).click();
  await page.getByText('Your plan is saved.').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.goto(page.url().replace('relapse-plan', 'discharge'));
  await page.getByLabel('What was done').fill('Eleven meetings. Activities helped most.');
  await page.getByText('The person agreed to it').click();
  await page.getByRole('button', { name: 'Discharge', exact: true }).click();
  await page.getByText(/^In the watch until/).waitFor();
  await page.getByText('Eleven meetings. Activities helped most.').waitFor();
  assert.deepEqual(await violations(page), []);

  await client.goto('/');
  await client.getByRole('link', { name: 'My warning signs' }).click();
  await client.getByText('At this time we ask once a week.').waitFor();
  await client.getByText('Walk each day. Tell Sam.').waitFor();
  assert.deepEqual(await violations(client), []);
  await client.getByRole('button', { name: 'Take a break for four weeks' }).click();
  await client.getByRole('button', { name: 'End the break' }).click();
  await client.getByRole('link', { name: 'What we did together' }).click();
  await client.getByText('Eleven meetings. Activities helped most.').waitFor();
  assert.deepEqual(await violations(client), []);
  await client.goto('/warning-signs');
  await client.getByRole('button', { name: 'I would like to come back' }).click();
  await client.getByLabel(/What would you like to say first/).fill('It is heavy again.');
  await client.getByRole('button', { name: 'Send it' }).click();
  await client.getByText(/^Good that you tell us/).waitFor();

  await page.goto('/');
  const row = page.getByRole('row').filter({ hasText: 'Maya Lindqvist' });
  await row.getByText('It is heavy again.').waitFor();
  await end(page, client);
});
