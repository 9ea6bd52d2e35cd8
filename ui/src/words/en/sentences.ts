// The sentences that come as a code, in the voice for the person themselves. Words, then the
// figures, then how sure. The codes and their values are listed at the end of api/types.ts.
import { count } from '../grammar';
import { fullDay, longDay } from '../../time/clock';

interface Change {
  from: number;
  to: number;
  since: string;
}
interface Days {
  count: number;
  days: number;
}

// "Lower" or "higher" is all a score can say; whether that is better stands on the axis.
function direction({ from, to }: Change): string {
  if (to === from) return 'The same as when you began';
  return to < from ? 'Lower than when you began' : 'Higher than when you began';
}
function figures({ from, to }: Change): string {
  return `${from} then and ${to} now`;
}

export const sentencesForYou = {
  'you.change.better_than_chance': (v: Change) =>
    `${direction(v)}, ${figures(v)}. That is more than chance.`,
  'you.change.worse_than_chance': (v: Change) =>
    `${direction(v)}, ${figures(v)}. That is more than chance. It is worth talking about.`,
  'you.change.could_be_chance': (v: Change) =>
    `${direction(v)}, ${figures(v)}. A change this small could be chance.`,
  'you.change.unknown_chance': (v: Change) =>
    `${direction(v)}, ${figures(v)}. We cannot say if that is more than chance.`,
  'you.change.first_score': (v: { total: number }) =>
    `Your first score is ${v.total}. The next one shows which way it goes.`,
  'you.change.risk_new': 'You told us about thoughts of death or self-harm.',
  'you.change.risk_again': 'You told us again about thoughts of death or self-harm.',
  'you.change.sleep': (v: { hours: number; before: number }) =>
    `You slept about ${count(v.hours, 'hour', 'hours')} a night. Before, it was ${v.before}.`,
  'you.change.hard_days': (v: Days) =>
    `${count(v.count, 'day was', 'days were')} hard in the last ${count(v.days, 'day', 'days')}.`,
  'you.change.check_ins': (v: Days) =>
    `You checked in on ${v.count} of the last ${count(v.days, 'day', 'days')}.`,
  'you.change.nothing_said': (v: { since: string }) =>
    `Nothing since ${longDay(v.since)}. That is fine.`,
  'you.reason.no_scores': 'There is no score yet.',
  'you.reason.one_score': 'There is one score so far.',
  'you.reason.better': 'Better than when you began.',
  'you.reason.same': 'About the same as when you began.',
  'you.reason.meeting': (v: { at: string }) => `You meet on ${fullDay(v.at)}.`,
};
