import type { Example } from '../../examples/example';
import DayCalendar from './DayCalendar.svelte';

const moods = [0, 2, undefined, 1, 2, 3, 2, 2, 4, 1, 2, undefined, 2, 3];
const days = moods.flatMap((mood, i) =>
  mood === undefined
    ? []
    : [{ day: `2026-11-${String(9 + i).padStart(2, '0')}`, hard: i === 8, mood, activities: 1 }],
);
export const component = DayCalendar;
export const examples: Example[] = [
  { title: 'Four weeks, some days blank', props: { days, today: '2026-11-24', weeks: 4 } },
  {
    title: 'The same on a desktop',
    width: 'panel',
    props: { days, today: '2026-11-24', weeks: 5, dense: true },
  },
  { title: 'Nothing said yet', props: { days: [], today: '2026-11-24', weeks: 2 } },
  {
    title: 'A check-in without a mood',
    props: {
      days: [{ day: '2026-11-23', hard: false, activities: 2 }],
      today: '2026-11-24',
      weeks: 1,
    },
  },
];
