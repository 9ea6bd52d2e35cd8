// Goal: while a therapist is away, the colleague who stands in has the caseload, and no longer;
// what cannot be is said at its field.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../axe.mjs';
import { desktop, openBrowser, openPage } from '../browser.mjs';
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

async function asPerson(whose) {
  const { email, password } = server.signIn(whose);
  const page = await openPage(browser, server.base, desktop);
  await signIn(page, email, password);
  return page;
}
const today = (ahead = 0) =>
  new Date(Date.now() + ahead * 86_400_000).toLocaleDateString('en-CA', {
    timeZone: 'Europe/London',
  });

async function arrange(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label);
    if (/day/.test(label)) await field.fill(value);
    else await field.selectOption({ label: value });
  }
  await page.getByRole('button', { name: 'Arrange the cover' }).click();
}

test('a colleague stands in for a therapist, as long as it was agreed', async () => {
  const colleague = await asPerson('Dr Olu Adebayo');
  const maya = colleague.getByRole('row').filter({ hasText: 'Maya Lindqvist' });
  assert.equal(await maya.count(), 0);

  const manager = await asPerson('service manager');
  await manager.getByRole('link', { name: 'Leave and cover' }).click();
  await manager.getByText('Nobody is away.').waitFor();
  await manager.getByRole('button', { name: 'Arrange the cover' }).click();
  for (const fault of ['Choose who is away', 'Choose who stands in', 'Choose the first day']) {
    await manager.getByRole('link', { name: fault }).waitFor();
  }
  assert.deepEqual(await violations(manager), []);
  await arrange(manager, {
    'Who is away': 'Dr Jun Lee',
    'Who stands in': 'Dr Olu Adebayo, prescriber',
    'First day away': today(),
    'Last day away': today(4),
  });
  const told = manager.getByRole('listitem').filter({ hasText: 'Dr Jun Lee is away' });
  await told.waitFor();
  assert.match(await told.innerText(), /Dr Olu Adebayo stands in for \d+ people\./);
  assert.deepEqual(await violations(manager), []);

  await colleague.goto('/');
  await maya.waitFor();

  // The therapist sees it, cannot arrange a second one over it, and ends it.
  const therapist = await asPerson('Dr Jun Lee');
  await therapist.getByRole('link', { name: 'Leave and cover' }).click();
  await arrange(therapist, {
    'Who stands in': 'Dr Olu Adebayo, prescriber',
    'First day away': today(4),
    'Last day away': today(9),
  });
  await therapist.getByRole('link', { name: /^Somebody stands in on some of these days/ }).click();
  assert.equal(await therapist.getByLabel('Last day away').evaluate(
    (node) => node === document.activeElement), true);
  await therapist.getByRole('button', { name: /^End it now/ }).click();
  const dialog = therapist.getByRole('dialog');
  await dialog.getByRole('button', { name: 'End the cover' }).click();
  await therapist.getByText('Dr Olu Adebayo no longer stands in for Dr Jun Lee.').waitFor();
  await therapist.getByText('Nobody is away.').waitFor();
  await colleague.goto('/');
  await settled(colleague);
  assert.equal(await maya.count(), 0);

  for (const page of [colleague, manager, therapist]) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});
