import type { ScreenExample } from '../../examples/example';
import Signals from './Signals.svelte';

export const screen = Signals;
export const examples: ScreenExample[] = [
  { title: 'Open ones, most urgent first' },
  { title: 'None is open', answers: { '/api/signals': { status: 200, body: { signals: [] } } } },
];
