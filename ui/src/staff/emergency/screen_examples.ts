import type { ScreenExample } from '../../examples/example';
import Emergency from './Emergency.svelte';

export const screen = Emergency;
export const examples: ScreenExample[] = [
  { title: 'Nothing filled in' },
  { title: 'Coming from a record that was refused', query: 'who=maya@example.org' },
];
