// Goal: what a therapist reads, what a program gets and what the command line computes from the
// exported answers are the same numbers, to the last digit but for the rounding on the screen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { desktop, openBrowser, openPage } from '../browser.mjs';
import { settled, signIn } from '../screens.mjs';
import { binary, startServer } from '../server.mjs';

let server, browser, page, folder;
const found = {}; // by kind: { person, finding }, the first of each in the caseload
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-numbers-'));
  page = await openPage(browser, server.base, desktop);
  const { email, password } = server.signIn('a therapist');
  await signIn(page, email, password);
  const get = (path) => page.evaluate(async (from) => (await fetch(from)).json(), path);
  const { tiers } = await get('/api/caseload');
  for (const { person } of tiers.flatMap(({ people }) => people)) {
    const { findings } = await get(`/api/people/${person}/glance`);
    for (const each of findings) found[`${each.finding} ${each.series}`] ??= { person, ...each };
  }
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Runs a command of the program on the rows and gives its JSON. */
async function command(words, header, rows) {
  const file = join(folder, 'series.csv');
  await writeFile(file, [header, ...rows].map((row) => row.join(',')).join('\n'));
  const [group, name, ...options] = words;
  const said = execFileSync(binary, [group, name, file, ...options, '--json'], { stdio: 'pipe' });
  return JSON.parse(said);
}

function exported(person) {
  const said = execFileSync(
    binary, ['export', '--data', server.folder, '--person', person, '--json'],
    { maxBuffer: 2 ** 28, stdio: 'pipe' },
  );
  return JSON.parse(said).entries;
}

const localDay = (at, zone) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(at));

/** [day, value] of what was shared, from one moment to another: the last of each day. */
function diary(person, name, { from, to }) {
  const entries = exported(person);
  const gone = new Set(entries.map(({ supersedes }) => supersedes).filter(Boolean));
  const days = new Map();
  entries
    .filter(({ kind, id }) => kind === 'check_in' && !gone.has(id))
    .filter(({ data }) => data[name] !== undefined && data[name] !== null)
    .filter(({ data }) => data.visible_to === 'care_team')
    .filter(({ effective_at: at }) => at >= from && at <= to)
    .sort((a, b) => a.effective_at.localeCompare(b.effective_at))
    .forEach(({ effective_at: at, zone, data }) => days.set(localDay(at, zone), data[name]));
  return [...days];
}

/** The same with a row for each day between, empty where nothing was said. */
function everyDay(days) {
  const said = new Map(days);
  const out = [];
  for (let at = Date.parse(days[0][0]); at <= Date.parse(days.at(-1)[0]); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    out.push([day, said.get(day) ?? '']);
  }
  return out;
}

function same(kind, { values }, other) {
  for (const [name, value] of Object.entries(other)) {
    const off = Math.abs(values[name] - value);
    assert.ok(off <= 1e-12 * Math.max(1, Math.abs(value)), `${kind}, ${name}: ${values[name]} in ` +
      `the record, ${value} on the command line`);
  }
}

test('reliable change is that of `measure change`', async () => {
  const finding = found['reliable_change score.phq-9'];
  assert.ok(finding, 'nobody in the demonstration has two scores');
  const { first, last, points } = finding.values;
  const said = await command(
    ['measure', 'change', '--before', 'before', '--after', 'after', '--reliability', '0',
      '--sd', `${points / (1.96 * Math.SQRT2)}`, '--clinical-mean', '15', '--clinical-sd', '5'],
    ['before', 'after'], [[first, last]],
  );
  same('reliable change', finding, { index: said.rows[0].rci });
  const scores = exported(finding.person)
    .filter(({ kind, data }) => kind === 'score_computed' && data.instrument === 'phq-9')
    .filter(({ data }) => data.total !== null && data.total !== undefined)
    .map(({ effective_at: at, data }) => [at, data.total])
    .filter(([at]) => at >= finding.from && at <= finding.to)
    .sort(([a], [b]) => a.localeCompare(b));
  assert.equal(scores.length, finding.n);
  assert.deepEqual([scores[0][1], scores.at(-1)[1]], [first, last]);
});

for (const series of ['mood', 'sleep_hours']) {
  test(`control limits of ${series} are those of \`course control\``, async () => {
    const finding = found[`control_limits ${series}`];
    assert.ok(finding, 'nobody in the demonstration has a diary that is long enough');
    const days = diary(finding.person, series, finding);
    assert.equal(days.length, finding.n);
    const rows = everyDay(days);
    const { lambda, limit, baseline_days: long } = finding.values;
    const said = await command(
      ['course', 'control', '--value', 'value', '--index', 'day', '--chart', 'ewma', '--lambda',
        `${lambda}`, '--limit', `${limit}`, '--sd-method', 'sd', '--autocorrelation', 'residuals',
        '--baseline', `${rows[0][0]}:${rows[long - 1][0]}`],
      ['day', 'value'], rows,
    );
    const newest = said.rows.at(-1);
    same('control limits', finding, {
      center: said.center, sd: said.sd, n_baseline: said.n_baseline,
      statistic: newest.statistic, lower: newest.lower, upper: newest.upper, value: newest.value,
    });
    assert.equal(newest.alarm, finding.standing !== 'inside');
  });
}

test('early warning is that of `course early-warning`', async () => {
  const name = ['mood', 'sleep_hours'].find((each) => found[`early_warning ${each}`]);
  assert.ok(name, 'nobody in the demonstration has a diary that is long enough');
  const finding = found[`early_warning ${name}`];
  const days = diary(finding.person, name, finding);
  assert.equal(days.length, finding.n);
  const { window, surrogates } = finding.values;
  const said = await command(
    ['course', 'early-warning', '--value', 'value', '--window', `${window}`, '--detrend',
      'gaussian', '--surrogates', `${surrogates}`, '--surrogate-step', '0.05', '--seed', '1'],
    ['day', 'value'], days,
  );
  same('early warning', finding, {
    tau_ar1: said.kendall.ar1.tau, p_ar1: said.kendall.ar1.p_surrogate,
    tau_variance: said.kendall.variance.tau, p_variance: said.kendall.variance.p_surrogate,
    ar1: said.rows.at(-1).ar1, variance: said.rows.at(-1).variance,
    surrogate_ar1: said.surrogate_ar1,
  });
});

test('the screen shows the numbers rounded, with their derivation and the method', async () => {
  const finding = found['control_limits mood'];
  await page.goto(`/people/${finding.person}`);
  await settled(page);
  await page.getByRole('button', { name: /Mood: .* range of the first 28 days/ }).click();
  const drawer = page.getByRole('dialog');
  const shown = async (name) =>
    (await drawer.getByRole('row').filter({ hasText: name }).locator('td.value').innerText())
      .replace('−', '-');
  for (const [name, key] of [
    ['Values that went in', ''], ['Weighted average now', 'statistic'],
    ['Lower limit', 'lower'], ['Upper limit', 'upper'], ['Centre of the first days', 'center'],
    ['Spread of a day (sd)', 'sd'],
  ]) {
    const value = key === '' ? finding.n : finding.values[key];
    assert.equal(Number(await shown(name)), Number(value.toFixed(3)), name);
  }
  const way = drawer.getByRole('link', { name: 'How this is computed' });
  await page.goto(await way.getAttribute('href'));
  await page.getByRole('heading', { level: 1, name: 'Control charts' }).waitFor();
  assert.deepEqual(page.faults, []);
});
