// Goal: from the first word to the first meeting. Somebody asks for care signed out and without
// script, says "yes" to the question about thoughts and sees help first; the duty clinician has the
// signal on top, takes them in, and they sign in with the code; worse in the wait, they stand
// above the others; then a therapist has them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { overflow, violations } from '../axe.mjs';
import { desktop, narrow, openBrowser, openPage, phone } from '../browser.mjs';
import { settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';
import { answerQuestionnaire } from '../steps.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function asStaff(whose) {
  const { email, password } = server.signIn(whose);
  const page = await openPage(browser, server.base, desktop);
  await signIn(page, email, password);
  return page;
}

async function takeStep(page, name, choose) {
  await page.goto('/waiting');
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: /^Next step/ }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog);
  await dialog.getByRole('button', { name: 'Save this step' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('from the first word to the first meeting', async () => {
  const asking = await openPage(browser, server.base, narrow, { javaScriptEnabled: false });
  await asking.goto('/start');
  await asking.getByRole('button', { name: /^Send to / }).click();
  await asking.getByRole('heading', { name: 'A few things to look at' }).waitFor();
  await asking.getByLabel('Your name').fill('Nadia Rahman');
  await asking.getByLabel('Phone').fill('01632 960 077');
  await asking.getByLabel('What troubles you?').fill('I cannot get up in the morning.');
  await asking.getByLabel('Yes, or I am not sure').check();
  await asking.getByLabel(/may keep what I write/).check();
  await asking.getByRole('button', { name: /^Send to / }).click();
  const alone = 'You do not have to get through this alone.';
  await asking.getByRole('heading', { name: alone }).waitFor();
  await asking.locator('a[href^="tel:"]').first().waitFor();

  const duty = await asStaff('on duty');
  const row = duty.getByRole('row').filter({ hasText: 'Nadia Rahman' });
  assert.match(await row.innerText(), /Asked for care and answered .Yes, or I am not sure/);
  await duty.goto('/waiting');
  await duty.getByRole('row').filter({ hasText: 'Nadia Rahman' }).waitFor();
  const first = duty.getByRole('row').nth(1);
  assert.match(await first.innerText(), /Nadia Rahman[\s\S]*An open signal about safety/);
  await duty.getByText(/8 of 10 of \d+ people who waited at least as long/).first().waitFor();
  assert.deepEqual(await violations(duty), []);
  await first.getByRole('link', { name: /^Read the referral/ }).click();
  await duty.getByText('I cannot get up in the morning.').waitFor();
  await takeStep(duty, 'Nadia Rahman', (dialog) =>
    dialog.getByLabel('Put on the waiting list').check(),
  );
  const code = await duty.locator('dd.code').innerText();

  const client = await openPage(browser, server.base, phone);
  await client.goto(`/invitation/${code}`);
  await client.getByLabel('Name to sign in with').fill('nadia');
  await client.getByLabel('Password', { exact: true }).fill('four unrelated words here');
  await client.getByRole('button', { name: 'Start' }).click();
  await client.getByRole('heading', { name: 'Where you stand' }).waitFor();
  await client.getByText(/It may take another/).waitFor();
  assert.deepEqual(await violations(client), []);
  await client.setViewportSize(narrow);
  assert.equal(await overflow(client), '');
  for (const each of [1, 2]) {
    await answerQuestionnaire(client, [...Array(8).fill(each), 0]);
    await client.waitForURL('**/questionnaire/phq-9?q=extra');
    await client.getByRole('button', { name: 'Skip' }).click();
    await client.getByRole('button', { name: /^Send to / }).click();
    await client.getByRole('heading', { name: 'Thanks for telling us.' }).waitFor();
  }

  const manager = await asStaff('service manager');
  await manager.goto('/waiting');
  const listed = manager.getByRole('row').filter({ hasText: 'Nadia Rahman' });
  await listed.getByText('The clinicians look at this first.').waitFor();
  await takeStep(manager, 'Nadia Rahman', async (dialog) => {
    await dialog.getByLabel('Assign a therapist').check();
    await dialog.getByLabel('Therapist', { exact: true }).selectOption('Dr Jun Lee');
    await dialog.getByLabel('What is planned').fill('CBT');
  });
  await manager.getByText('Saved for Nadia Rahman.').waitFor();
  assert.equal(await manager.getByRole('row').filter({ hasText: 'Nadia Rahman' }).count(), 0);

  const therapist = await asStaff('a therapist');
  const theirs = therapist.getByRole('row').filter({ hasText: 'Nadia Rahman' });
  await theirs.getByRole('link').first().click();
  await settled(therapist);
  await client.goto('/');
  await settled(client);
  assert.equal(await client.getByRole('heading', { name: 'Where you stand' }).count(), 0);
  for (const page of [duty, client, manager, therapist]) assert.deepEqual(page.faults, []);
});
