// Pure steps of editing the settings of the organisation: fields from settings, faults, settings
// from fields.
import type { Day, Id, Organisation, ServiceDay } from '../../api/types';
import { instantIn, localIn } from '../time/zoned';

export type Weekday = ServiceDay['weekday'];
export const weekdays: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export interface Turn {
  account: Id;
  from: string; // "2026-11-26T09:00" in the zone of the organisation
  to: string;
  phone: string;
}
export interface Fields {
  name: string;
  zone: string;
  region: string;
  hours: Record<Weekday, { open: boolean; from: string; to: string }>;
  holidays: Day[];
  duty: Turn[];
  safetyMinutes: number;
  otherHours: number;
}
export type Fault =
  | { field: 'name' | 'zone' | 'safety' | 'other' }
  | { field: 'hours'; weekday: Weekday }
  | { field: 'duty'; index: number };

export function fieldsOf(settings: Organisation): Fields {
  const hours = {} as Fields['hours'];
  for (const weekday of weekdays) {
    const day = settings.hours.find((each) => each.weekday === weekday);
    hours[weekday] = { open: day !== undefined, from: day?.from ?? '', to: day?.to ?? '' };
  }
  return {
    name: settings.name,
    zone: settings.zone,
    region: settings.region,
    hours,
    holidays: [...settings.holidays],
    duty: settings.duty.map(({ account, from, to, phone }) => ({
      account,
      from: localIn(settings.zone, from),
      to: localIn(settings.zone, to),
      phone: phone ?? '',
    })),
    safetyMinutes: settings.escalation.safety_minutes,
    otherHours: settings.escalation.other_hours,
  };
}

export function knowsZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone.trim() !== '';
  } catch {
    return false;
  }
}

export function faultsIn(fields: Fields): Fault[] {
  const found: Fault[] = [];
  if (!fields.name.trim()) found.push({ field: 'name' });
  if (!knowsZone(fields.zone)) found.push({ field: 'zone' });
  for (const weekday of weekdays) {
    const { open, from, to } = fields.hours[weekday];
    if (open && !(from && to && from < to)) found.push({ field: 'hours', weekday });
  }
  fields.duty.forEach(({ account, from, to }, index) => {
    if (!(account && from && to && from < to)) found.push({ field: 'duty', index });
  });
  const whole = (n: number): boolean => Number.isInteger(n) && n > 0;
  if (!whole(fields.safetyMinutes)) found.push({ field: 'safety' });
  if (!whole(fields.otherHours)) found.push({ field: 'other' });
  return found;
}

function instant(zone: string, local: string): string {
  const [day = '', time = ''] = local.split('T');
  return instantIn(zone, day, time.slice(0, 5));
}

/** Only for fields without a fault. */
export function settingsOf(fields: Fields): Organisation {
  return {
    name: fields.name.trim(),
    zone: fields.zone.trim(),
    region: fields.region.trim(),
    hours: weekdays
      .filter((weekday) => fields.hours[weekday].open)
      .map((weekday) => {
        const { from, to } = fields.hours[weekday];
        return { weekday, from, to };
      }),
    holidays: [...new Set(fields.holidays.filter((day) => day !== ''))].sort(),
    duty: fields.duty.map(({ account, from, to, phone }) => ({
      account,
      from: instant(fields.zone, from),
      to: instant(fields.zone, to),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
    })),
    escalation: { safety_minutes: fields.safetyMinutes, other_hours: fields.otherHours },
  };
}
