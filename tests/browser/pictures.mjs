// Takes the README's pictures from the demo: node tests/browser/pictures.mjs
// With those of series_pictures.mjs they are the only made files in the repository, besides
// docs/methods/agreement.md.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { desktop, openBrowser, openPage, phone } from './browser.mjs';
import { settled, signIn } from './screens.mjs';
import { startServer } from './server.mjs';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await openBrowser();

async function asPerson(whose, viewport) {
  const { email, password } = server.signIn(whose);
  const page = await openPage(browser, server.base, viewport);
  await signIn(page, email, password);
  await settled(page);
  return page;
}
const picture = (page, name) => page.screenshot({ path: `${folder}${name}.png` });

try {
  const client = await asPerson('a client', phone);
  await picture(client, 'today');
  const screens = { '/check-in': 'check-in', '/how': 'how-i-am', '/help-now': 'help' };
  for (const [path, name] of Object.entries(screens)) {
    await client.goto(path);
    await settled(client);
    await picture(client, name);
  }
  const therapist = await asPerson('a therapist', desktop);
  await therapist.locator('aside figure svg').first().waitFor(); // the panel comes a moment later
  await picture(therapist, 'caseload');
  await therapist.locator('a[href^="/people/"]').first().click();
  await settled(therapist);
  await picture(therapist, 'glance');
} finally {
  await browser.close();
  await server.stop();
}
