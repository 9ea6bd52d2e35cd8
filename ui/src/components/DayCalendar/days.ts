// Which disc stands for which day. The shape carries the meaning; blank is blank.
import type { Course, Day } from '../../api/types';
import { addDays, weekdayIndex } from '../../time/clock';

export type Shape = 'full' | 'half' | 'ring' | 'bar' | 'dot';
type Said = Course['days'][number];

/** Mood 3 and 4: full. 2: half. 0 and 1: ring. "Today is hard": ring with a bar. No mood: a dot. */
export function shapeOf(said: Said): Shape {
  if (said.hard) return 'bar';
  if (said.mood === undefined) return 'dot';
  if (said.mood >= 3) return 'full';
  return said.mood === 2 ? 'half' : 'ring';
}

export interface Week {
  monday: Day;
  days: { day: Day; shape?: Shape; ahead: boolean }[]; // always seven
}

/** The last `count` calendar weeks, the one with `today` last. */
export function weeksUntil(today: Day, count: number, said: Said[]): Week[] {
  const known = new Map(said.map((each) => [each.day, shapeOf(each)]));
  const thisMonday = addDays(today, -weekdayIndex(today));
  return Array.from({ length: count }, (_, i) => {
    const monday = addDays(thisMonday, -7 * (count - 1 - i));
    const days = Array.from({ length: 7 }, (__, d) => {
      const day = addDays(monday, d);
      return { day, shape: known.get(day), ahead: day > today };
    });
    return { monday, days };
  });
}
