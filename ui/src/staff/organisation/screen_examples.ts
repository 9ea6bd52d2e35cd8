import type { ScreenExample } from '../../examples/example';
import Organisation from './Organisation.svelte';

export const screen = Organisation;
export const examples: ScreenExample[] = [
  { title: 'Hours, closed days, duty and times', as: 'manager@example.org' },
];
