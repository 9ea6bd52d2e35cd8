// The parts of a relapse plan, an empty one, and the pure steps of editing it.
import type { RelapsePlan } from '../../api/types';

export const levels = ['early', 'worse', 'urgent'] as const;
export const lineParts = ['triggers', 'coping'] as const;
export const domains = [
  'sleep', 'energy', 'interest', 'thinking', 'irritability', 'withdrawal', 'appetite', 'self_care',
] as const;
export type Sign = RelapsePlan['parts']['signs'][number];

export function emptyPlan(): RelapsePlan {
  const step = () => ({ when: '', step: '' });
  return {
    parts: {
      signs: [],
      triggers: [],
      events: [],
      coping: [],
      supporters: [],
      early: step(),
      worse: step(),
      urgent: step(),
    },
  };
}

/** Each part begins with one open line, so that there is a place to write. */
export function withOpenLines(from: RelapsePlan | undefined): RelapsePlan {
  const { parts } = JSON.parse(JSON.stringify(from ?? emptyPlan())) as RelapsePlan;
  if (parts.signs.length === 0) parts.signs = [{ domain: 'sleep', sign: '' }];
  for (const part of lineParts) if (parts[part].length === 0) parts[part] = [''];
  return { parts };
}

const text = (value: string | undefined): string | undefined => value?.trim() || undefined;
const isFilled = (sign: Sign): boolean =>
  Boolean(text(sign.sign) ?? text(sign.others_see) ?? text(sign.i_do) ?? text(sign.i_tell));

/** What is kept: trimmed, without what was left empty. */
export function tidy({ parts }: RelapsePlan): RelapsePlan {
  const kept: RelapsePlan['parts'] = {
    ...parts,
    signs: parts.signs.filter(isFilled).map((sign) => ({
      domain: sign.domain,
      sign: sign.sign.trim(),
      ...(typeof sign.lead_days === 'number' ? { lead_days: sign.lead_days } : {}),
      ...some('others_see', sign.others_see),
      ...some('i_do', sign.i_do),
      ...some('i_tell', sign.i_tell),
    })),
    events: parts.events
      .filter(({ what, on }) => text(what) ?? on)
      .map(({ what, on }) => ({ what: what.trim(), ...(on ? { on } : {}) })),
    supporters: parts.supporters
      .filter(({ name, phone, note }) => text(name) ?? text(phone) ?? text(note))
      .map(({ name, phone, note }) => ({
        name: name.trim(), ...some('phone', phone), ...some('note', note),
      })),
  };
  for (const part of lineParts) kept[part] = parts[part].map((l) => l.trim()).filter(Boolean);
  for (const level of levels) {
    kept[level] = { when: parts[level].when.trim(), step: parts[level].step.trim() };
  }
  const medicines = text(parts.medicines);
  delete kept.medicines;
  if (medicines) kept.medicines = medicines;
  return { parts: kept };
}

function some<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const kept = text(value);
  return kept ? ({ [key]: kept } as Record<K, string>) : {};
}

export interface PlanFault {
  field: string; // id of the input
  kind: 'sign' | 'days' | 'event' | 'name';
}

export function faultsOf({ parts }: RelapsePlan): PlanFault[] {
  const found: PlanFault[] = [];
  parts.signs.forEach((sign, i) => {
    if (isFilled(sign) && !text(sign.sign)) found.push({ field: `sign-${i}`, kind: 'sign' });
    const days = sign.lead_days;
    const wrong = typeof days === 'number' && !(Number.isInteger(days) && days >= 0 && days <= 365);
    if (wrong) found.push({ field: `sign-${i}-lead_days`, kind: 'days' });
  });
  parts.events.forEach(({ what, on }, i) => {
    if (on && !text(what)) found.push({ field: `event-${i}`, kind: 'event' });
  });
  parts.supporters.forEach(({ name, phone, note }, i) => {
    const something = text(phone) ?? text(note);
    if (something && !text(name)) found.push({ field: `supporters-${i}-name`, kind: 'name' });
  });
  return found;
}
