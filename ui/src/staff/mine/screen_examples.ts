import type { ScreenExample } from '../../examples/example';
import Mine from './Mine.svelte';

export const screen = Mine;
export const examples: ScreenExample[] = [{ title: 'Of a therapist without a second factor' }];
