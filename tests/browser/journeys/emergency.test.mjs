// Goal: a clinician without a relation opens a record with a reason in writing, and nobody it
// concerns can miss it: the person's therapist answers a signal, the person reads who and why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../axe.mjs';
import { desktop, openBrowser, openPage, phone } from '../browser.mjs';
import { settled, signIn } from '../screens.mjs';
import { startServer } from '../server.mjs';
import { closeSignal } from '../steps.mjs';

const reason = 'Her sister called the ward: Maya is not at home and does not answer.';
let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function asPerson(whose, viewport) {
  const { email, password } = server.signIn(whose);
  const page = await openPage(browser, server.base, viewport);
  await signIn(page, email, password);
  return page;
}

test('a record opened in an emergency is known to the therapist and to the person', async () => {
  const therapist = await asPerson('Dr Jun Lee', desktop);
  const own = therapist.getByRole('row').filter({ hasText: 'Maya Lindqvist' });
  const record = await own.getByRole('link').first().getAttribute('href');

  const clinician = await asPerson('Dr Olu Adebayo', desktop);
  const shown = clinician.getByRole('heading', { level: 1, name: 'Maya Lindqvist' });
  await clinician.goto(record);
  await clinician.getByRole('link', { name: 'Open it in an emergency' }).click();
  await settled(clinician);
  assert.notEqual(await clinician.getByLabel('Whose record').inputValue(), '');
  await clinician.getByRole('button', { name: 'Open for 24 hours' }).click();
  const fault = clinician.getByRole('link', { name: 'Say why in a sentence' });
  await fault.click();
  await clinician.keyboard.type(reason);
  assert.equal(await shown.count(), 0, 'nothing is open without a reason');
  assert.deepEqual(await violations(clinician), []);
  await clinician.getByRole('button', { name: 'Open for 24 hours' }).click();
  await shown.waitFor();
  await settled(clinician);
  assert.ok(await clinician.getByRole('img', { name: /over time/ }).isVisible(), 'the glance');
  await clinician.goto('/');
  await clinician.getByRole('row').filter({ hasText: 'Maya Lindqvist' }).waitFor();

  // Told without asking: the caseload was open all the while.
  await own.filter({ hasText: 'Dr Olu Adebayo opened this record in an emergency' }).waitFor();
  await therapist.goto(record);
  const signal = therapist.getByRole('listitem').filter({ hasText: 'opened in an emergency' });
  await signal.waitFor();
  assert.match(await signal.innerText(), new RegExp(`Dr Olu Adebayo .*“${reason}”`));
  await closeSignal(
    therapist,
    {
      action: 'Called, and we spoke',
      text: 'We spoke with Maya and her sister. She is at home and safe.',
      judgement: 'Yes',
    },
    signal,
  );
  await signal.waitFor({ state: 'detached' });

  const client = await asPerson('a client', phone);
  await client.goto('/more/looked');
  const look = client.getByRole('listitem').filter({ hasText: 'in an emergency' });
  await look.waitFor();
  const told = await look.innerText();
  assert.match(told, /Dr Olu Adebayo, prescriber/);
  assert.ok(told.includes(reason), told);
  assert.deepEqual(await violations(client), []);
  for (const page of [therapist, clinician, client]) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});
