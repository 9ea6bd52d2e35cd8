import type { ScreenExample } from '../../examples/example';
import Enrolment from './Enrolment.svelte';

export const screen = Enrolment;
export const examples: ScreenExample[] = [
  { title: 'Before anything else', as: 'fresh@example.org', props: { forced: true }, bare: true },
];
