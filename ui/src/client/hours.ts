// "on weekdays, 9 to 5": the hours in which somebody reads, in words.
import type { ServiceDay } from '../api/types';
import { list } from '../words/grammar';
import { t } from '../words/index';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** "09:00" -> "9", "17:30" -> "17:30". Hours up to 12 as people say them. */
function clock(time: string): string {
  const [hour = '0', minute = '00'] = time.split(':');
  const plain = Number(hour) > 12 ? Number(hour) - 12 : Number(hour);
  const half = Number(hour) >= 12 ? 'pm' : 'am';
  // The hour and its half of the day stay on one line.
  return minute === '00' ? `${plain}\u00a0${half}` : `${plain}:${minute}\u00a0${half}`;
}

export function hoursInWords(days: ServiceDay[]): string | undefined {
  if (days.length === 0) return undefined;
  const spans = new Map<string, ServiceDay[]>();
  for (const day of days) {
    const key = `${day.from}-${day.to}`;
    spans.set(key, [...(spans.get(key) ?? []), day]);
  }
  return list([...spans.values()].map(spanInWords));
}

function spanInWords(days: ServiceDay[]): string {
  const { from, to } = days[0]!;
  const names = days.map((day) => day.weekday);
  const span = { from: clock(from), to: clock(to) };
  const isWeek = names.length === 5 && weekdays.every((day) => names.includes(day));
  if (isWeek) return t('hours.weekdays', span);
  return t('hours.days', { ...span, days: list(names.map((name) => t(`weekday.${name}`))) });
}
