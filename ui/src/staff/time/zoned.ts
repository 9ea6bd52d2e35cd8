// A time of day on a day in a zone, as an instant. The hour that a clock skips in spring is moved
// forward by the skip; of the hour it repeats in autumn the first is meant.
import type { Day, Instant } from '../../api/types';

function wallClock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(at));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(
    of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'),
  );
}

export function instantIn(zone: string, day: Day, time: string): Instant {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const offset = (at: number): number => wallClock(at, zone) - at;
  // Before any change of the clock around that time, then after it: the first that fits.
  const before = wanted - offset(wanted - 86_400_000);
  const after = wanted - offset(wanted + 86_400_000);
  const fits = [before, after].find((at) => wallClock(at, zone) === wanted);
  return new Date(fits ?? before).toISOString();
}

/** The other way: an instant as the local day and time that a field shows, "2026-11-26T14:00". */
export function localIn(zone: string, at: Instant): string {
  return new Date(wallClock(Date.parse(at), zone)).toISOString().slice(0, 16);
}
