// Findings for the page of examples, the fixture server and the tests. Nobody here is real.
import type { Finding, Sentence } from '../../api/types';

const since = '2026-06-01T18:00:00.000Z';
const until = '2026-11-23T19:30:00.000Z';

export function findingOf(
  finding: Finding['finding'],
  series: string,
  standing: Finding['standing'],
  values: Record<string, number>,
): Finding {
  const all: Sentence['values'] = { series, since, until, n: 150, ...values };
  const words = (what: string): Sentence => ({ code: `finding.${finding}.${what}`, values: all });
  return {
    finding,
    series,
    standing,
    computed_at: until,
    n: 150,
    from: since,
    to: until,
    values,
    says: words(standing),
    why: {
      method: `${finding.replace('_', ' ')} 1`,
      source: 'As published',
      inputs: [
        { name: 'n', value: 150 },
        { name: 'from', value: since, at: since },
        { name: 'to', value: until, at: until },
        ...Object.entries(values).map(([name, value]) => ({ name, value })),
      ],
      rule: words('rule'),
      uncertainty: words('uncertainty'),
      cannot_tell: words('cannot_tell'),
    },
    page: '/methods/control-charts',
  };
}

export const reliableChange = (first: number, last: number): Finding => {
  const by = last - first;
  const standing = by <= -6 ? 'better' : by >= 6 ? 'worse' : 'inside';
  return findingOf('reliable_change', 'PHQ-9', standing, {
    first, last, change: by, points: 6, index: by / (6 / 1.96),
  });
};
export const limits = (standing: Finding['standing'], days_outside: number): Finding =>
  findingOf('control_limits', 'mood', standing, {
    value: 1, statistic: 1.4213, lower: 1.6034, upper: 3.1127, center: 2.358, sd: 0.7541,
    ar1: 0.31, lambda: 0.2, limit: 3, n_baseline: 28, days_outside,
  });
export const warning = (standing: Finding['standing']): Finding =>
  findingOf('early_warning', 'sleep_hours', standing, {
    window: 60, ar1: 0.61, variance: 1.9, tau_ar1: 0.71, p_ar1: 0.02, tau_variance: 0.8,
    p_variance: 0.01, surrogates: 199, surrogate_ar1: 0.45,
  });
export const expectation = (standing: Finding['standing']): Finding =>
  findingOf('expected_response', 'PHQ-9', standing, {
    value: 17, expected: 11.2, lower: 6.1, upper: 16.3, n_comparable: 412, first: 18, days: 63,
    simulated: 0,
  });
