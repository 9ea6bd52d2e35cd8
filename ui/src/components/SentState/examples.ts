import type { Example } from '../../examples/example';
import SentState from './SentState.svelte';

export const component = SentState;
export const examples: Example[] = (['sent', 'waiting', 'refused', 'draft'] as const).map(
  (state) => ({ title: state, props: { state } }),
);
