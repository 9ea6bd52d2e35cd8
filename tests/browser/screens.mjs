// Every screen by its address, for the runs that look at all of them.
export const signedOut = {
  'sign-in': '/sign-in',
  'help-signed-out': '/help-now',
  'invitation-without-address': '/invitation/NAMELESS',
};

export const client = {
  today: '/',
  'check-in': '/check-in?step=mood',
  'check-in-hours': '/check-in?step=hours',
  'check-in-activities': '/check-in?step=activities',
  'check-in-text': '/check-in?step=text',
  'check-in-end': '/check-in?step=end',
  questionnaire: '/questionnaire/phq-9',
  'questionnaire-item': '/questionnaire/phq-9?q=1',
  'questionnaire-safety': '/questionnaire/phq-9?q=9',
  hard: '/hard/01890000-0000-7000-8000-0000000000ff',
  help: '/help-now',
  how: '/how',
  'how-why': '/how?why=yes',
  plan: '/plan',
  'plan-edit': '/plan/edit',
  more: '/more',
  'my-plan': '/my-plan',
  'my-goals': '/my-goals',
  looked: '/more/looked',
  who: '/more/who',
  password: '/more/password',
  unsent: '/more/unsent',
  'warning-signs': '/warning-signs',
  'warning-signs-edit': '/warning-signs/edit',
  'care-summary': '/warning-signs/summary',
};

/** A screen of whoever stands first in the caseload. */
const ofTheFirst = (path) => async (page) => {
  await page.goto('/');
  return `${await page.locator('a[href^="/people/"]').first().getAttribute('href')}${path}`;
};
export const staff = {
  caseload: '/',
  glance: ofTheFirst(''),
  'staff-plan': ofTheFirst('/safety-plan'),
  assessment: ofTheFirst('/assessment'),
  options: ofTheFirst('/options'),
  treatment: ofTheFirst('/plan'),
  'treatment-new': ofTheFirst('/plan?edit=new'),
  'treatment-versions': ofTheFirst('/plan?versions=yes'),
  'relapse-plan': ofTheFirst('/relapse-plan'),
  discharge: ofTheFirst('/discharge'),
  signals: '/signals',
  'cover-own': '/cover',
  invite: '/invite',
  emergency: '/emergency',
  mine: '/mine',
};

export const manager = {
  duties: '/',
  accounts: '/accounts',
  organisation: '/organisation',
  cover: '/cover',
};

/** Opens a screen by its address, or by the way that leads to it. */
export async function openScreen(page, address, query = '') {
  const path = typeof address === 'string' ? address : await address(page);
  await page.goto(path + (path.includes('?') ? '&' : '?') + query);
  await settled(page);
}

/** Signs in through the page's own request and waits until the first screen stands. */
export async function signIn(page, email, password, { mine = false } = {}) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  if (mine) await page.getByLabel('This device is mine').check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor({ state: 'detached' });
  await settled(page);
}

/** Two frames later: whether the page has all that it asked for. */
const quiet = () => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(!window.fetching)));
});

/** A heading stands, and nothing is being fetched or drawn any more. */
export async function settled(page) {
  const end = Date.now() + 60_000;
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // Twice in a row: what came last may ask for the next thing.
  for (let times = 0; times < 2; ) {
    await page.locator('h1').first().waitFor();
    times = (await page.evaluate(quiet)) ? times + 1 : 0;
    if (Date.now() > end) throw new Error('the screen does not settle');
  }
}

/** The help page stands, with numbers to call. */
export async function helpStands(page) {
  await page.locator('main a[href^="tel:"]').first().waitFor();
  await settled(page);
}
