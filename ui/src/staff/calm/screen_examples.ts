import type { ScreenExample } from '../../examples/example';
import Calm from './Calm.svelte';

export const screen = Calm;
export const examples: ScreenExample[] = [
  { title: 'For a supporter', as: 'sam@example.org', props: { role: 'supporter' } },
];
