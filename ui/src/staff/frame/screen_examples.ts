import type { ScreenExample } from '../../examples/example';
import NotHere from './NotHere.svelte';

export const screen = NotHere;
export const examples: ScreenExample[] = [{ title: 'An address that leads nowhere' }];
