import type { Example } from '../../examples/example';
import FaultSummary from './FaultSummary.svelte';

export const component = FaultSummary;
export const examples: Example<{ faults: Record<string, string> }>[] = [
  { title: 'One fault', props: { faults: { a: 'Write your email' } } },
  { title: 'Two faults', props: { faults: { a: 'Write your email', b: 'Write your password' } } },
  { title: 'About the whole form', props: { faults: { form: 'No network.' } } },
];
