// Pictures of every screen, to be looked at: 320, 390, 768, 1024 and 1440 px, light and dark, long
// words and right to left. They go to tests/browser/out. Usage: node shots.mjs [WORD in the name]
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from './browser.mjs';
import { startFixtures } from './fixtures.mjs';
import { client, manager, openScreen, signedOut, signIn, staff } from './screens.mjs';

const out = fileURLToPath(new URL('out/', import.meta.url));
const wanted = process.argv[2] ?? '';
const looks = [
  { name: '320-light-xl', width: 320, height: 640, colorScheme: 'light', lang: 'en-XL' },
  { name: '390-light', width: 390, height: 844, colorScheme: 'light', lang: 'en' },
  { name: '390-dark', width: 390, height: 844, colorScheme: 'dark', lang: 'en' },
  { name: '390-light-xr', width: 390, height: 844, colorScheme: 'light', lang: 'en-XR' },
  { name: '768-light', width: 768, height: 1024, colorScheme: 'light', lang: 'en' },
  { name: '1024-light', width: 1024, height: 768, colorScheme: 'light', lang: 'en' },
  { name: '1440-light', width: 1440, height: 900, colorScheme: 'light', lang: 'en' },
  { name: '1440-dark', width: 1440, height: 900, colorScheme: 'dark', lang: 'en' },
  { name: '1440-light-xr', width: 1440, height: 900, colorScheme: 'light', lang: 'en-XR' },
];
const groups = [
  [signedOut, undefined],
  [client, 'maya@example.org'],
  [staff, 'lee@example.org'],
  [manager, 'manager@example.org'],
];

const server = await startFixtures();
const browser = await openBrowser();
await mkdir(out, { recursive: true });
for (const { name: look, width, height, colorScheme, lang } of looks) {
  for (const [screens, person] of groups) {
    const page = await openPage(browser, server.base, { width, height }, { colorScheme });
    if (person) await signIn(page, person, 'any');
    for (const [name, path] of Object.entries(screens)) {
      const file = `${name}-${look}.png`;
      if (!file.includes(wanted)) continue;
      await openScreen(page, path, `lang=${lang}`);
      await page.screenshot({ path: out + file, fullPage: true });
    }
    await page.context().close();
  }
}
await browser.close();
await server.stop();
