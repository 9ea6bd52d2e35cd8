// Moments as staff read them: near ones by time of day, far ones by date. `now` comes from outside.
import type { Day, Instant } from '../api/types';
import { addDays, dayOf, daysBetween, isFar, longCalendarDay, monthOfYear } from '../time/clock';
import { shortCalendarDay, timeOfDay, weekdayIndex } from '../time/clock';

type Moment = Instant | Day | Date;

function isDay(at: Moment): at is Day {
  return typeof at === 'string' && at.length === 10;
}
export function calendarDay(at: Moment): Day {
  return isDay(at) ? at : dayOf(at);
}
function withoutWeekday(day: Day, now: Date): string {
  const words = longCalendarDay(day).replace(/^\S+ /, '');
  return day.slice(0, 4) === dayOf(now).slice(0, 4) ? words : `${words} ${day.slice(0, 4)}`;
}

/** "today", "yesterday", "tomorrow", "2 November", "2 November 2025" */
export function dayInWords(at: Moment, now: Date): string {
  const day = calendarDay(at);
  const today = dayOf(now);
  if (day === today) return 'today';
  if (day === addDays(today, -1)) return 'yesterday';
  if (day === addDays(today, 1)) return 'tomorrow';
  return withoutWeekday(day, now);
}

/** "07:14 today", "07:14 yesterday", "on 2 November" */
export function whenInWords(at: Moment, now: Date): string {
  const words = dayInWords(at, now);
  if (['today', 'yesterday', 'tomorrow'].includes(words)) {
    return isDay(at) ? words : `${timeOfDay(at)} ${words}`;
  }
  return `on ${words}`;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** For a narrow column, looking back: "today", "Fri", "11 Nov", "Nov 2014". */
export function heardShort(at: Moment, now: Date): string {
  const day = calendarDay(at);
  const ago = daysBetween(day, dayOf(now));
  if (ago === 0) return 'today';
  if (isFar(at, now)) return monthOfYear(at);
  return ago > 0 && ago < 7 ? (weekdays[weekdayIndex(day)] ?? '') : shortCalendarDay(day);
}

/** For a narrow column, looking ahead: "10:30" today, "Thu 26" within two weeks, "8 Jan". */
export function nextShort(at: Moment, now: Date): string {
  const day = calendarDay(at);
  const ahead = daysBetween(dayOf(now), day);
  if (ahead === 0 && !isDay(at)) return timeOfDay(at);
  if (ahead > 0 && ahead < 14) {
    return `${weekdays[weekdayIndex(day)] ?? ''} ${Number(day.slice(8))}`;
  }
  return shortCalendarDay(day);
}
