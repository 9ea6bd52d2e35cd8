import type { Example } from '../../examples/example';
import Progress from './Progress.svelte';

export const component = Progress;
export const examples: Example[] = [
  { title: 'The second of four', props: { id: 'p1', n: 2, of: 4 } },
  { title: 'The ninth of ten', props: { id: 'p2', n: 9, of: 10 } },
];
