import type { Example } from '../../examples/example';
import Loading from './Loading.svelte';

export const component = Loading;
export const examples: Example[] = [
  { title: 'After 300 ms', props: { now: 'lines' } },
  { title: 'After 3 seconds', props: { now: 'words' } },
];
