// Pure steps of editing the settings of the organisation: fields from settings, faults, settings
// from fields.
import type { Day, Escalation, Id, Organisation, ServiceDay } from '../../api/types';
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
  escalation: Organisation['escalation'];
}

// Each time with the bounds that the server keeps, in the order in which they are shown.
export const escalationTimes: { time: keyof Escalation; min: number; max: number }[] = [
  { time: 'safety_minutes', min: 5, max: 480 },
  { time: 'safety_act_hours', min: 1, max: 40 },
  { time: 'other_seen_hours', min: 1, max: 200 },
  { time: 'other_act_hours', min: 1, max: 400 },
  { time: 'contacts_check_days', min: 7, max: 366 },
];

export type Fault =
  | { field: 'name' | 'zone' }
  | { field: 'escalation'; time: keyof Escalation; min: number; max: number }
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
    escalation: { ...settings.escalation },
  };
}

/** Turns that are over, at the head of the roster: they are kept, and not shown. */
export function turnsOver({ duty, zone }: Fields, now: Date): number {
  const at = localIn(zone, now.toISOString());
  const first = duty.findIndex(({ to }) => to > at);
  return first < 0 ? duty.length : first;
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
  for (const { time, min, max } of escalationTimes) {
    const value = fields.escalation[time];
    if (Number.isInteger(value) && value >= min && value <= max) continue;
    found.push({ field: 'escalation', time, min, max });
  }
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
    escalation: fields.escalation,
  };
}
