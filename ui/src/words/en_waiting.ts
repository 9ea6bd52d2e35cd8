// The part of the catalogue for a client who waits. It comes with the screen that needs it.
import { count } from './grammar';

interface Forecast {
  people: number;
  from_days: number;
  to_days?: number | undefined;
}

// Whole weeks once it is longer than two; never narrower than the days say.
function part(days: number, up: boolean): string {
  if (days <= 14) return count(days, 'day', 'days');
  return count(up ? Math.ceil(days / 7) : Math.floor(days / 7), 'week', 'weeks');
}

export const enWaiting = {
  'wait.title': 'Where you stand',
  'wait.since': (v: { day: string }) => `You are on the waiting list. You asked on ${v.day}.`,
  'wait.forecast': (v: Forecast) =>
    v.to_days === undefined
      ? `It may take ${part(v.from_days, false)} more, or longer.`
      : `It may take another ${part(v.from_days, false)} to ${part(v.to_days, true)}.`,
  'wait.forecast.how': (v: Forecast) =>
    `We looked at ${v.people} people who waited as long as you. For 8 of 10 it was so. ` +
    'For you it may be different.',
  'wait.forecast.none': 'We cannot say yet how long it takes. Too few people waited here before.',
  'wait.forecast.method': 'How we know',
  'wait.offered': (v: { text: string }) => `You were offered: ${v.text}`,
  'wait.meanwhile': 'Until then, a check-in now and then shows us how you are.',
  'wait.worse': 'If it gets worse, tell us. You do not need to wait for your turn to ask for help.',
  'wait.ask': 'Ask us to call',
  'wait.asked': 'We have it. Somebody calls you.',
};
