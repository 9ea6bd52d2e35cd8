// The order of open signals: by tier, then the oldest first, as on the caseload.
import type { Signal, Tier } from '../../api/types';

const tiers: Tier[] = [
  'safety', 'asked', 'opened', 'not_on_track', 'worse', 'worth_a_look',
  'silent', 'meeting_today', 'rest',
];

export function inOrder(signals: Signal[]): Signal[] {
  return [...signals].sort(
    (a, b) =>
      tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || a.raised_at.localeCompare(b.raised_at),
  );
}
