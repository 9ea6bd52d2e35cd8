import type { Course } from '../../api/types';
import type { Example } from '../../examples/example';
import { enStaff } from '../../words/en_staff';
import { addWords } from '../../words/index';
import DayGrid from './DayGrid.svelte';

addWords(enStaff);
const said = (day: number, mood?: number, hard = false): Course['days'][number] => ({
  day: `2026-11-${`${day}`.padStart(2, '0')}`,
  hard,
  activities: 0,
  ...(mood === undefined ? {} : { mood }),
});
export const component = DayGrid;
export const examples: Example<Record<string, unknown>>[] = [
  {
    title: 'Every kind of day',
    props: {
      today: '2026-11-24',
      days: [said(2, 4), said(3, 2), said(4, 0), said(9, undefined, true), said(16), said(24, 3)],
    },
  },
  { title: 'Nothing said', props: { today: '2026-11-24', days: [] } },
];
