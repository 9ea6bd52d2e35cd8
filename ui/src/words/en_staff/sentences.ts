// The sentences that come as a code, in the voice for staff. Words, then the figures, then how
// sure. `now` and `pronoun` are added by staff/words/say.ts.
import { count } from '../grammar';
import { calendarDay, dayInWords, whenInWords } from '../moments';
import { timeOfDay } from '../../time/clock';

interface Told {
  now: Date;
  pronoun: 'she' | 'he' | 'they';
}
interface Change extends Told {
  from: number;
  to: number;
  since: string;
}
interface Days extends Told {
  count: number;
  days: number;
}
interface At extends Told {
  at: string;
}

const often = ['not at all', 'several days', 'more than half the days', 'nearly every day'];
export function howOften(value: number | undefined): string {
  return value === undefined ? 'left out' : (often[value] ?? `${value}`);
}
function She({ pronoun }: Told): string {
  return { she: 'She', he: 'He', they: 'They' }[pronoun] ?? 'They';
}
// "She reports", "They report"
function verb({ pronoun }: Told, one: string, many: string): string {
  return pronoun === 'they' ? many : one;
}
function since(v: { since: string; now: Date }): string {
  return dayInWords(v.since, v.now);
}
// "on 2 November", "yesterday"
function onDay(v: { since: string; now: Date }): string {
  return whenInWords(calendarDay(v.since), v.now);
}
function moved({ from, to }: Change): string {
  if (to === from) return `The score is ${to}, the same as`;
  const by = Math.abs(to - from);
  return `The score is ${to}, ${by} ${to < from ? 'lower' : 'higher'} than the ${from}`;
}

function reliableChange({ points }: { points: number }): string {
  return (
    `Raised when the score is at least ${count(points, 'point', 'points')} worse than the first ` +
    'of this episode or than the best since, and at least moderate.'
  );
}
const asked = { sure: 'Sure: the person asked.', not: 'How urgent it is. Ask.' };

export const sentencesForThem = {
  'they.reason.safety_item': (v: At & { value: number; previous?: number | null }) => {
    const was = typeof v.previous === 'number' ? ` Was “${howOften(v.previous)}”.` : '';
    return `Item 9 answered “${howOften(v.value)}”, ${whenInWords(v.at, v.now)}.${was}`;
  },
  'they.reason.safety_item_skipped': (v: At) =>
    `Item 9 left out while others were answered, ${whenInWords(v.at, v.now)}.`,
  'they.reason.hard_day_thoughts': (v: At) =>
    `Answered “Yes, or I am not sure” on a hard day, ${whenInWords(v.at, v.now)}.`,
  'they.reason.referral_thoughts': (v: At) =>
    `Asked for care and answered “Yes, or I am not sure”, ${whenInWords(v.at, v.now)}.`,
  'they.reason.referral': (v: At) => `Asked for care, ${whenInWords(v.at, v.now)}.`,
  'they.reason.referral_by_professional': (v: At) => `Referred, ${whenInWords(v.at, v.now)}.`,
  'they.reason.asked': (v: At & { text?: string | null }) =>
    v.text
      ? `Asked to be contacted, ${whenInWords(v.at, v.now)}: “${v.text}”`
      : `Asked to be contacted, ${whenInWords(v.at, v.now)}.`,
  'they.reason.emergency_access': (v: At & { who: string; text: string }) =>
    `${v.who} opened this record in an emergency, ${whenInWords(v.at, v.now)}: “${v.text}”`,
  'they.reason.worse_from_first': (v: Change) =>
    `${v.from} to ${v.to} since the start, ${since(v)}. More than chance.`,
  'they.reason.worse_from_best': (v: Change) =>
    `${v.from} to ${v.to} since the best score, ${since(v)}. More than chance.`,
  'they.reason.silence': (v: Told & { days: number; usual_days: number }) =>
    `Nothing for ${count(v.days, 'day', 'days')}; agreed was every ` +
    `${v.usual_days === 1 ? 'day' : count(v.usual_days, 'day', 'days')}.`,
  'they.reason.missed_meeting': (v: At) =>
    `Not at the meeting ${whenInWords(v.at, v.now)}, and no contact since.`,
  'they.reason.meeting': (v: At & { number?: number | null }) =>
    v.number ? `${timeOfDay(v.at)}, meeting ${v.number}.` : `${timeOfDay(v.at)}, a meeting.`,
  'they.reason.first_meeting': (v: At) => `${timeOfDay(v.at)}, first meeting.`,
  'they.reason.better': 'Better than at the start by more than chance.',
  'they.reason.same': 'About as at the start; the difference could be chance.',
  'they.reason.worse': (v: Change) =>
    `${v.from} to ${v.to} since the start: more than chance, but below moderate.`,
  'they.reason.changed': (v: Change) =>
    `${v.from} to ${v.to} since the start. Whether that is more than chance is not known.`,
  'they.reason.no_scores': 'No score yet.',
  'they.reason.one_score': 'One score so far.',

  'they.change.better_than_chance': (v: Change) =>
    `${moved(v)} of ${since(v)}. That is better by more than chance.`,
  'they.change.worse_than_chance': (v: Change) =>
    `${moved(v)} of ${since(v)}. That is worse by more than chance.`,
  'they.change.could_be_chance': (v: Change) =>
    v.from === v.to
      ? `The score is ${v.to}, the same as ${onDay(v)}.`
      : `${moved(v)} of ${since(v)}; that could be chance.`,
  'they.change.unknown_chance': (v: Change) =>
    v.from === v.to
      ? `The score is ${v.to}, the same as ${onDay(v)}.`
      : `${moved(v)} of ${since(v)}. Whether that is more than chance is not known.`,
  'they.change.first_score': (v: Told & { total: number }) =>
    `The first score is ${v.total}. The next one shows which way it goes.`,
  'they.change.risk_new': (v: Told & { value: number }) =>
    `For the first time ${She(v).toLowerCase()} ${verb(v, 'reports', 'report')} thoughts of ` +
    `death or self-harm, “${howOften(v.value)}”.`,
  'they.change.risk_again': (v: Told & { value: number }) =>
    `${She(v)} again ${verb(v, 'reports', 'report')} thoughts of death or self-harm, ` +
    `“${howOften(v.value)}”.`,
  'they.change.sleep': (v: Told & { hours: number; before: number }) =>
    v.hours === v.before
      ? `Sleep is about ${v.hours} h a night, as before.`
      : `Sleep ${v.hours < v.before ? 'fell' : 'rose'} to about ${v.hours} h a night; ` +
        `it was ${v.before}.`,
  'they.change.hard_days': (v: Days) =>
    `${count(v.count, 'day', 'days')} of the last ${v.days} ${v.count === 1 ? 'was' : 'were'} ` +
    'marked “today is hard”.',
  'they.change.check_ins': (v: Days) =>
    `${She(v)} checked in on ${v.count} of the last ${count(v.days, 'day', 'days')}.`,
  'they.change.nothing_said': (v: Told & { since: string }) => `Nothing heard since ${since(v)}.`,

  'they.rule.safety_item':
    'Raised when item 9 is answered with anything above “not at all”, or is left out while other ' +
    'items are answered. No later answer takes it away; only a documented outcome closes it.',
  'they.rule.hard_day_thoughts':
    'Raised when the question on a hard day is answered with “Yes, or I am not sure”. Only a ' +
    'documented outcome closes it.',
  'they.rule.referral_thoughts':
    'Raised when the question about thoughts of ending life is answered with “Yes, or I am not ' +
    'sure” in a referral. Only a documented outcome closes it.',
  'they.rule.referral': 'Raised by every referral, so that none lies unread.',
  'they.rule.reliable_change': reliableChange,
  'they.rule.deterioration': reliableChange,
  'they.rule.missed_meeting': 'Raised when a meeting was missed and there was no contact since.',
  'they.rule.silence': (v: { factor: number; days: number }) =>
    `Raised when nothing is heard for ${v.factor} times the agreed interval of ` +
    `${count(v.days, 'day', 'days')}, or when a meeting was missed without contact.`,
  'they.rule.asked': 'Raised when the person asks to be contacted.',
  'they.rule.emergency_access':
    'Raised whenever somebody without a relation to the person opens the record in an ' +
    'emergency. Close it when you have spoken with them about it.',

  'they.uncertainty.safety_item':
    'It is one answer to one question. It says what was answered, not how likely anything is.',
  'they.uncertainty.hard_day_thoughts':
    'It is one answer on one hard day, and “not sure” counts as yes.',
  'they.uncertainty.referral_thoughts':
    'It is one answer before anybody spoke with the person, and “not sure” counts as yes.',
  'they.uncertainty.referral': asked.sure,
  'they.uncertainty.asked_for_contact': asked.sure,
  'they.uncertainty.asked': asked.sure,
  'they.uncertainty.emergency_access': 'Sure: the record was open to them for 24 hours.',
  'they.uncertainty.missed_meeting':
    'It is sure that no contact was recorded, not that there was none.',
  'they.uncertainty.deterioration':
    'Measurement error alone crosses the threshold now and then, and the more often one ' +
    'compares, the sooner it does.',
  'they.uncertainty.silence':
    'Silence has many reasons, most of them harmless. It is only a reason to ask.',
  'they.cannot_tell.safety_item':
    'Whether the person is in danger now, has a plan or has means. Only a conversation can.',
  'they.cannot_tell.hard_day_thoughts':
    'Whether the person is in danger now, has a plan or has means. Only a conversation can.',
  'they.cannot_tell.referral_thoughts':
    'Whether the person is in danger now, has a plan or has means. Only a conversation can.',
  'they.cannot_tell.referral': asked.not,
  'they.cannot_tell.asked_for_contact': asked.not,
  'they.cannot_tell.asked': asked.not,
  'they.cannot_tell.emergency_access': 'Whether it was needed. Ask, and ask how the person is.',
  'they.cannot_tell.missed_meeting': 'Why the meeting was missed, and how the person is.',
  'they.cannot_tell.deterioration':
    'Why. Think of events, alliance, medicine, the body. It says nothing about risk.',
  'they.cannot_tell.silence': 'Why nothing was heard, and how the person is.',
};
