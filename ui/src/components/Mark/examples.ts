import type { Example } from '../../examples/example';
import Mark from './Mark.svelte';

export const component = Mark;
export const examples: Example<{ size?: number; words?: boolean }>[] = [
  { title: 'The mark in a header', props: { size: 30 } },
  { title: 'The whole logo on the sign-in page', props: { size: 42, words: true } },
];
