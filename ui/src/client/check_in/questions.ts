// The questions of the daily check-in, in their order. Five labelled choices each, 0 to 4; 4 is
// most of what the name says (bodies of the kind check_in). The first four are the check-in; the
// rest is offered after it.
import type { CheckIn } from '../../api/types';
import type { Key } from '../../words/index';

export const rated = ['mood', 'energy', 'sleep', 'interest', 'anxiety', 'rumination'] as const;
export type Rated = (typeof rated)[number];
export const first = ['mood', 'energy', 'sleep', 'interest'] as const satisfies Rated[];
export const extra = ['anxiety', 'rumination', 'hours', 'activities', 'text'] as const;
export type Step = Rated | (typeof extra)[number] | 'end' | 'thanks';

const steps: readonly string[] = [...rated, ...extra, 'end', 'thanks'];

export function stepOf(text: string | null): Step {
  return steps.includes(text ?? '') ? (text as Step) : 'mood';
}

/** Where "Next" and "Skip" lead: through the first four, from an extra one back to the end. */
export function after(step: Step): Step {
  const at = (first as readonly string[]).indexOf(step);
  return at >= 0 ? (first[at + 1] ?? 'end') : 'end';
}

export function choicesOf(name: Rated): { value: number; key: Key }[] {
  return [0, 1, 2, 3, 4].map((value) => ({ value, key: `check.${name}.${value}` as Key }));
}

export const usualActivities = [
  'walk',
  'outside',
  'people',
  'call',
  'cook',
  'home',
  'work',
  'sport',
  'music',
  'read',
  'make',
  'rest',
] as const;

export type CheckInAnswers = Omit<CheckIn, 'hard' | 'visible_to'>;

export function isEmpty(answers: CheckInAnswers): boolean {
  return Object.values(bodyOf(answers)).every((value) => value === undefined);
}

/** What is sent: only what was said. An empty text or list is nothing said. */
export function bodyOf(answers: CheckInAnswers): CheckInAnswers {
  const body: CheckInAnswers = {};
  for (const name of rated) if (answers[name] !== undefined) body[name] = answers[name];
  if (answers.sleep_hours !== undefined) body.sleep_hours = answers.sleep_hours;
  if (answers.activities?.length) body.activities = answers.activities;
  const text = answers.text?.trim();
  if (text) {
    body.text = text;
    if (answers.to_talk_about) body.to_talk_about = true;
  }
  return body;
}

/** "6", "6.5" or "6,5" hours; halves, 0 to 24. */
export function readHours(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^\d{1,2}(\.\d)?$/.test(plain)) return undefined;
  const hours = Math.round(Number(plain) * 2) / 2;
  return hours <= 24 ? hours : undefined;
}
