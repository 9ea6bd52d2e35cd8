// Dates and times in words, in the person's own zone. Nothing here reads the clock by itself.
import type { Day, Instant } from '../api/types';

const locale = 'en-GB';
let zone: string | undefined;

/** Set once after sign-in: the zone of the account, not of the machine in front of it. */
export function useZone(name: string): void {
  try {
    new Intl.DateTimeFormat(locale, { timeZone: name });
    zone = name;
  } catch {
    zone = undefined;
  }
}

export function zoneInUse(): string {
  return zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zoneInUse(), ...options }).format(at);
}

const far = 300 * 86_400_000; // ms

/** Without its year, a day this far away would be read as one of another year. */
export function isFar(at: Instant | Date, now: Date): boolean {
  return Math.abs(now.getTime() - new Date(at).getTime()) > far;
}
function yearIfFar(at: Instant | Date, now?: Date): Intl.DateTimeFormatOptions {
  return now && isFar(at, now) ? { year: 'numeric' } : {};
}

/** "Monday 23 November"; seen from `now`, a far day has its year. */
export function longDay(at: Instant | Date, now?: Date): string {
  const year = yearIfFar(at, now);
  return format(new Date(at), { weekday: 'long', day: 'numeric', month: 'long', ...year }).replace(
    ',',
    '',
  );
}
/** "23 Nov"; seen from `now`, a far day has its year. */
export function shortDay(at: Instant | Date, now?: Date): string {
  return format(new Date(at), { day: 'numeric', month: 'short', ...yearIfFar(at, now) });
}
/** "23 Nov 2026" */
export function dayOfYear(at: Instant | Date): string {
  return format(new Date(at), { day: 'numeric', month: 'short', year: 'numeric' });
}
/** "23 November 2026" */
export function fullDay(at: Instant | Date): string {
  return format(new Date(at), { day: 'numeric', month: 'long', year: 'numeric' });
}
/** "Nov 2025" */
export function monthOfYear(at: Instant | Date): string {
  return format(new Date(at), { month: 'short', year: 'numeric' });
}
/** "10:30" */
export function timeOfDay(at: Instant | Date): string {
  return format(new Date(at), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}
/** "Mon 23 Nov, 10:30"; seen from `now`, a far day has its year. */
export function dayAndTime(at: Instant | Date, now?: Date): string {
  const year = yearIfFar(at, now);
  const day = format(new Date(at), { weekday: 'short', day: 'numeric', month: 'short', ...year });
  return `${day.replace(',', '')}, ${timeOfDay(at)}`;
}

/** The calendar day of an instant in the zone in use, "2026-11-24". */
export function dayOf(at: Instant | Date): Day {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zoneInUse(),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(new Date(at));
}

// A calendar day is not an instant: it is kept at noon UTC, where no zone can move it by a day.
function noon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`);
}
function formatDay(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(noon(day));
}
export function shortCalendarDay(day: Day): string {
  return formatDay(day, { day: 'numeric', month: 'short' });
}
export function longCalendarDay(day: Day): string {
  return formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '');
}
export function addDays(day: Day, n: number): Day {
  const moved = noon(day);
  moved.setUTCDate(moved.getUTCDate() + n);
  return moved.toISOString().slice(0, 10);
}
/** Monday = 0 ... Sunday = 6. */
export function weekdayIndex(day: Day): number {
  return (noon(day).getUTCDay() + 6) % 7;
}
export function daysBetween(from: Day, to: Day): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}
