// Five weeks of days as a calendar. A day on which nothing was said is blank, never "bad".
import type { Course, Day } from '../../api/types';
import { addDays, weekdayIndex } from '../../time/clock';

export type DayKind =
  | 'good_enough' | 'so_so' | 'hard' | 'today_is_hard' | 'said' | 'blank' | 'later';

type Said = Course['days'][number];

/** Mood 0 to 4, five choices: the two upper are good enough, the middle so-so, the lower hard. */
export function kindOf(day: Said | undefined): DayKind {
  if (!day) return 'blank';
  if (day.hard) return 'today_is_hard';
  if (day.mood === undefined) return 'said';
  if (day.mood >= 3) return 'good_enough';
  return day.mood === 2 ? 'so_so' : 'hard';
}

export interface Week {
  monday: Day;
  days: { day: Day; kind: DayKind }[];
}

export function weeksOf(days: Said[], today: Day, count: number): Week[] {
  const said = new Map(days.map((each) => [each.day, each]));
  const lastMonday = addDays(today, -weekdayIndex(today));
  return Array.from({ length: count }, (_, i) => {
    const monday = addDays(lastMonday, 7 * (i - count + 1));
    return {
      monday,
      days: Array.from({ length: 7 }, (__, j) => {
        const day = addDays(monday, j);
        return { day, kind: day > today ? 'later' : kindOf(said.get(day)) };
      }),
    };
  });
}
