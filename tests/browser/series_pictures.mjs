// Takes the README's pictures of one person's series: node tests/browser/series_pictures.mjs
// The series is not part of the repository; EVENKEEL_REFERENCE names the folder that holds
// timeseries/data. The same commands stand in docs/guide/researcher.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const reference = process.env.EVENKEEL_REFERENCE ?? join(root, '../shared/reference');
const data = join(reference, 'timeseries/data');
const daily = join(data, 'kossakowski_daily.csv');
const beeps = join(data, 'kossakowski_beeps.csv');
const mood = ['--value', 'mood_down', '--index', 'day'];
const commands = {
  control: [daily, ...mood, '--chart', 'ewma', '--baseline', '1:42'],
  changepoints: [daily, ...mood, '--change', 'mean', '--standardize', '--min-length', '5'],
  'early-warning': [daily, ...mood, '--window', '42', '--where', 'day<=127'],
  network: [
    beeps,
    ...['--variables', 'mood_cheerf,mood_down,mood_anxious,pat_worry,mood_relaxed,phy_tired'],
    ...['--day', 'day', '--beep', 'beep', '--method', 'graphical-var', '--resamples', '0'],
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-'));
const browser = await openBrowser();
try {
  for (const [name, words] of Object.entries(commands)) {
    const svg = join(folder, `${name}.svg`);
    execFileSync(join(root, 'build/release/evenkeel'), ['course', name, ...words, '--plot', svg], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const page = await browser.newPage({ deviceScaleFactor: 1.5 });
    await page.setContent(`<body style="margin:0">${readFileSync(svg, 'utf8')}</body>`);
    await page.locator('svg').screenshot({ path: join(root, `docs/pictures/course-${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
