import type { Example } from '../../examples/example';
import { fortnight } from './bars';
import DayBars from './DayBars.svelte';

const amounts = [0, 2, 5, 6.5, 7, 6].map((amount, i) => ({ day: `2026-11-${18 + i}`, amount }));
export const component = DayBars;
export const examples: Example<Record<string, unknown>>[] = [
  {
    title: 'Six nights of fourteen, one of them with none',
    props: {
      bars: fortnight(amounts, '2026-11-24'),
      label: 'Sleep, last 14 nights. About 5 h a night',
      unit: (hours: number) => `${hours} h`,
      most: 10,
    },
  },
  {
    title: 'Nothing said',
    props: { bars: fortnight([], '2026-11-24'), label: 'Nothing said', unit: String },
  },
];
