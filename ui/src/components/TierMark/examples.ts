import type { Tier } from '../../api/types';
import type { Example } from '../../examples/example';
import TierMark from './TierMark.svelte';

const tiers: Tier[] = [
  'safety', 'asked', 'opened', 'not_on_track', 'worse', 'worth_a_look',
  'silent', 'meeting_today', 'rest',
];
export const component = TierMark;
export const examples: Example<{ tier: Tier; size?: number }>[] = tiers.map((tier) => ({
  title: tier,
  props: { tier, size: 14 },
}));
