import type { ScreenExample } from '../../examples/example';
import Refer from './Refer.svelte';

export const screen = Refer;
export const examples: ScreenExample[] = [{ title: 'Nothing filled in' }];
