// The sentences that come as a code, in the voice for staff. Words, then the figures, then how
// sure. `now` and `pronoun` are added by staff/words/say.ts.
import { count } from '../grammar';
import { calendarDay, dayInWords, whenInWords } from '../moments';
import { fullDay, timeOfDay } from '../../time/clock';

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
interface AboveRange extends Told {
  to: number;
  lower: number;
  upper: number;
  n_comparable: number;
  simulated: number; // 1: the people compared with are
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
const support =
  'Why. That is what the areas are for: alliance, goals, practice, events, adherence, diagnosis, ' +
  'safety.';
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
  'they.reason.not_on_track': (v: AboveRange) =>
    `Score ${v.to}. 80 % of ${v.n_comparable}${v.simulated ? ' simulated' : ''} people who began ` +
    `alike had ${Math.max(0, Math.round(v.lower))} to ${Math.round(v.upper)} by then.`,
  'they.reason.no_response': (v: Change) =>
    v.to === v.from
      ? `The score is ${v.to}, as at the start, ${since(v)}.`
      : `${v.from} to ${v.to} since the start, ${since(v)}: hardly ` +
        `${v.to < v.from ? 'lower' : 'different'}.`,
  'they.reason.relapse_alert': (v: Change & { first: number }) =>
    `${v.first} on ${dayInWords(v.since, v.now)} and ${v.to} now; ${v.from} when well. Two scores.`,
  'they.reason.mood_below': (v: Told & { days_outside: number }) =>
    `Mood below the own range on the last ${count(v.days_outside, 'day', 'days')} said.`,
  'they.reason.mood_swings': (v: Told & { n: number }) =>
    `Mood swings wider and comes back more slowly, over ${v.n} days said.`,
  'they.reason.came_back': (v: At & { text?: string | null }) =>
    v.text
      ? `Back in care at their own wish, ${whenInWords(v.at, v.now)}: “${v.text}”`
      : `Back in care at their own wish, ${whenInWords(v.at, v.now)}.`,
  'they.reason.in_watch': (v: { until: string }) => `In the watch until ${fullDay(v.until)}.`,
  'they.reason.watch_paused': (v: { until: string }) =>
    `Takes a break from the watch, which is agreed until ${fullDay(v.until)}.`,
  'they.reason.ended': (v: Told & { since: string }) =>
    `Discharged; nothing is asked since ${dayInWords(v.since, v.now)}.`,
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
  'they.rule.not_on_track': (v: Told & { n_comparable: number }) =>
    'Raised from the third score on when the score is above the band in which 80 % of ' +
    `${v.n_comparable} people who began alike were at that time. Not below a moderate first score.`,
  'they.rule.no_response': (v: Told & { days: number; percent: number }) =>
    `Raised when ${v.days} days after a first score of moderate or more the score is less than ` +
    `${v.percent} % lower; once in an episode. Look for causes first.`,
  'they.rule.relapse_alert': (v: Told & { points: number }) =>
    `Raised in the watch when two scores 5 to 14 days apart are moderate or more and at least ` +
    `${count(v.points, 'point', 'points')} above the mean of the last two when well.`,
  'they.rule.early_warning':
    'Raised in the watch when the mood of the diary leaves the range of its own good time, or ' +
    'swings wider and comes back more slowly than chance lets expect.',
  'they.rule.came_back': 'Raised when the person comes back into care.',
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
  'they.uncertainty.not_on_track':
    'One person in ten is above the band without anything being amiss.',
  'they.uncertainty.no_response':
    'Some change little until the sixth meeting and then fast. The point of 20 % is to be ' +
    'verified by a clinician.',
  'they.uncertainty.relapse_alert':
    'Two scores can both be bad weeks. The limits are a convention, to be verified by a clinician.',
  'they.uncertainty.early_warning':
    'Statistics only: it is seen without any relapse to come, and relapses come without it.',
  'they.uncertainty.came_back': asked.sure,
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
  'they.cannot_tell.not_on_track': support,
  'they.cannot_tell.no_response': support,
  'they.cannot_tell.relapse_alert':
    'Why, and what is needed. Begin with the agreed step of the relapse plan.',
  'they.cannot_tell.early_warning':
    'Whether it goes on. Begin with the agreed step for the first signs, or ask.',
  'they.cannot_tell.came_back': asked.not,
  'they.cannot_tell.silence': 'Why nothing was heard, and how the person is.',
};
