// What the methods say, in the voice for staff, and the names of their numbers. A finding is no
// alarm: words first, then the figures, then how sure.
import { count } from '../grammar';

interface Found {
  series: string;
  since: string;
  until: string;
  n: number;
}
interface Change extends Found {
  first: number;
  last: number;
  change: number;
  points: number;
}
interface Limits extends Found {
  n_baseline: number;
  of_remission?: number; // 1: they are days of the person's own remission
  days_outside: number;
  limit: number;
  lambda: number;
}
interface Warning extends Found {
  window: number;
  surrogates: number;
}
interface Expectation extends Found {
  value: number;
  lower: number;
  upper: number;
  n_comparable: number;
  simulated: number; // 1: the people compared with are
}

const names: Record<string, string> = { mood: 'Mood', sleep_hours: 'Hours of sleep' };
function Series({ series }: Found): string {
  return names[series] ?? series;
}
function scores(v: Change): string {
  if (v.change === 0) return `${Series(v)}: ${v.last}, as at first`;
  const by = Math.abs(v.change);
  return `${Series(v)}: ${v.last}, ${by} ${v.change < 0 ? 'lower' : 'higher'} than at first`;
}
function baseline(v: Limits): string {
  return v.of_remission ? `${v.n_baseline} days when well` : `the first ${v.n_baseline} days`;
}
function beyond(v: Limits, side: string): string {
  const range = `${side} the range of ${baseline(v)}`;
  const days = v.days_outside === 1 ? 'day' : `${v.days_outside} days`;
  return `${Series(v)}: ${range}, on the last ${days} said.`;
}
const whole = (value: number): number => Math.round(value);
function people(v: Expectation): string {
  return `${v.n_comparable}${v.simulated ? ' simulated' : ''} people`;
}
// Below 0, where a scale of complaints ends, nobody can be.
function band(v: Expectation): string {
  const range = v.lower <= 0 ? `0 to ${whole(v.upper)}` : `${whole(v.lower)} to ${whole(v.upper)}`;
  return `${range}, as 80 % of ${people(v)} who began alike`;
}

export const findings = {
  'glance.findings': 'What the series say',
  'glance.findings.few': 'Needs two scores, or 29 days of diary in this episode.',

  'they.finding.reliable_change.better': (v: Change) => `${scores(v)}. Better by more than chance.`,
  'they.finding.reliable_change.worse': (v: Change) => `${scores(v)}. Worse by more than chance.`,
  'they.finding.reliable_change.inside': (v: Change) => `${scores(v)}. That could be chance.`,
  'they.finding.reliable_change.rule': (v: Change) =>
    `A difference of ${count(v.points, 'point', 'points')} or more from the first score of this ` +
    'episode is called more than chance. The index is the difference in units of that ' +
    'threshold; beyond 1.96 it is.',
  'they.finding.reliable_change.uncertainty':
    'Of people who did not change, one in twenty crosses the threshold at any one comparison.',
  'they.finding.reliable_change.cannot_tell':
    'What caused the change, and whether it will last. A smaller change may matter too.',

  'they.finding.control_limits.inside': (v: Limits) =>
    `${Series(v)}: within the range of ${baseline(v)}.`,
  'they.finding.control_limits.above': (v: Limits) => beyond(v, 'above'),
  'they.finding.control_limits.below': (v: Limits) => beyond(v, 'below'),
  'they.finding.control_limits.rule': (v: Limits) =>
    `An average that gives the newest day a weight of ${v.lambda} is compared with limits ` +
    `${v.limit} standard errors around ${baseline(v)} said in this episode. When well: while ` +
    'every score of three weeks or more was in the lowest band. ' +
    'What the day before lets expect is taken off first. A missing day stays missing.',
  'they.finding.control_limits.uncertainty': (v: Limits) =>
    `Limits from ${v.n_baseline} days are uncertain: for some people they are crossed by chance ` +
    'within months, for others not in years.',
  'they.finding.control_limits.cannot_tell':
    'Why the days changed, whether they will stay so, and whether the first days were good ones.',

  'they.finding.early_warning.rising': (v: Warning) =>
    `${Series(v)}: worth a look. Over the last ${v.n} days said it swings wider and comes back ` +
    'more slowly.',
  'they.finding.early_warning.inside': (v: Warning) =>
    `${Series(v)}: over the last ${v.n} days said it comes back as quickly as before.`,
  'they.finding.early_warning.rule': (v: Warning) =>
    `In moving windows of ${v.window} days said, the tendency of the autocorrelation and of the ` +
    `variance is compared with ${v.surrogates} made-up series that do not change. Worth a look: ` +
    'at most one in twenty of them rises as much, for both.',
  'they.finding.early_warning.uncertainty':
    'It is seen without any relapse to come, and relapses come without it. It raises no signal.',
  'they.finding.early_warning.cannot_tell':
    'Whether the change to come is for the worse or for the better, when it comes, or whether ' +
    'it comes at all.',

  'they.finding.expected_response.inside': (v: Expectation) =>
    `${Series(v)}: ${v.value}, within ${band(v)}.`,
  'they.finding.expected_response.worse': (v: Expectation) =>
    `${Series(v)}: ${v.value}, above ${band(v)}.`,
  'they.finding.expected_response.better': (v: Expectation) =>
    `${Series(v)}: ${v.value}, below ${band(v)}.`,
  'they.finding.expected_response.rule': (v: Expectation) =>
    `A growth model of ${people(v)} whose first score was near this one gives the ` +
    'band in which 80 % of new people would lie at that time. Said from the third score on.',
  'they.finding.expected_response.uncertainty':
    'One person in ten is above the band without anything being amiss.',
  'they.finding.expected_response.cannot_tell':
    'Why, or what is possible. Some change little until the sixth meeting and then fast. Talk ' +
    'about alliance, goals, events and risk.',

  'input.n': 'Values that went in',
  'input.from': 'The first of them',
  'input.to': 'The last of them',
  'input.first': 'First score',
  'input.last': 'Last score',
  'input.change': 'Difference',
  'input.index': 'Index, 1.96 = threshold',
  'input.value': 'Last value',
  'input.statistic': 'Weighted average now',
  'input.lower': 'Lower limit',
  'input.upper': 'Upper limit',
  'input.center': 'Centre of the first days',
  'input.sd': 'Spread of a day (sd)',
  'input.ar1': 'Autocorrelation',
  'input.limit': 'Width, standard errors',
  'input.n_baseline': 'Days behind the limits',
  'input.window': 'Days in a window',
  'input.variance': 'Variance, newest window',
  'input.tau_ar1': 'Tendency of autocorrelation (tau)',
  'input.p_ar1': 'Made-up series that rise as much',
  'input.tau_variance': 'Tendency of variance (tau)',
  'input.p_variance': 'Made-up series that rise as much',
  'input.surrogates': 'Made-up series',
  'input.surrogate_ar1': 'Their autocorrelation',
  'input.expected': 'Expected score',
  'input.n_comparable': 'People compared with',
  'input.of_remission': 'Days when well behind the limits, 1 = yes',
  'input.simulated': 'Of them simulated, 1 = all',
};
