import type { Example } from '../../examples/example';
import Fault from './Fault.svelte';

export const component = Fault;
export const examples: Example<{ id: string; message?: string }>[] = [
  { title: 'With the next step', props: { id: 'x1', message: 'Write your email' } },
  { title: 'Nothing wrong: nothing drawn', props: { id: 'x2' } },
];
