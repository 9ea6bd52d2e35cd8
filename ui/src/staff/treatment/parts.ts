// The parts of a plan's item as the form holds them, what of them was changed, and each in words.
import type { Bodies, Id, PlanItem, TreatmentPlan } from '../../api/types';
import { fullCalendarDay } from '../time/day';
import { t } from '../../words/index';

export type Change = Bodies['plan_change'];
export type Parts = Omit<Change, 'item' | 'based_on'>;
export type Part = keyof Parts;
export const partOrder: Part[] = [
  'problem', 'goal', 'method', 'measure', 'review_on', 'responsible', 'standing',
];

/** What stands in the fields: all text, so that nothing typed is lost. */
export interface Fields {
  problem: string;
  goal: string;
  steps: string; // one on each line
  method: string; // "N04 ba": rule and option, or the option alone
  reason: string;
  measure: string;
  review_on: string;
  responsible: string;
  standing: NonNullable<Parts['standing']>;
}

export function fieldsOf(item: PlanItem | undefined): Fields {
  return {
    problem: item?.problem ?? '',
    goal: item?.goal.words ?? '',
    steps: item?.goal.steps.join('\n') ?? '',
    method: item?.method ? chosen(item.method.option, item.method.rule) : '',
    reason: item?.method?.reason ?? '',
    measure: item?.measure ?? '',
    review_on: item?.review_on ?? '',
    responsible: item?.responsible ?? '',
    standing: item?.standing ?? 'going_on',
  };
}

export function chosen(option: string, rule?: string): string {
  return rule ? `${rule} ${option}` : option;
}

function partsOf(fields: Fields): Parts {
  const steps = fields.steps.split('\n').map((line) => line.trim()).filter(Boolean);
  const [first = '', second] = fields.method.split(' ');
  const [rule, option] = second ? [first, second] : [undefined, first];
  const reason = fields.reason.trim();
  return {
    problem: fields.problem.trim(),
    goal: { words: fields.goal.trim(), steps },
    ...(option ? { method: { option, reason, ...(rule ? { rule } : {}) } } : {}),
    ...(fields.measure ? { measure: fields.measure } : {}),
    review_on: fields.review_on,
    responsible: fields.responsible,
    standing: fields.standing,
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only the parts that differ from `before`; all that is filled in, when there is no item yet. */
export function changeOf(item: Id, based_on: number, fields: Fields, before?: PlanItem): Change {
  const now = partsOf(fields);
  const was = before ? partsOf(fieldsOf(before)) : {};
  const changed = partOrder.filter(
    (part) => now[part] !== undefined && !same(now[part], was[part]),
  );
  return { item, based_on, ...Object.fromEntries(changed.map((part) => [part, now[part]])) };
}

/** One part of an item in words; empty if the item has none. */
export function partInWords(part: Part, item: PlanItem | undefined): string {
  if (!item) return '';
  switch (part) {
    case 'problem':
      return item.problem;
    case 'goal':
      return [item.goal.words, ...item.goal.steps.map((step) => `– ${step}`)].join('\n');
    case 'method':
      return item.method ? `${item.method.name}\n${item.method.reason}` : '';
    case 'measure':
      return item.measure_title ?? '';
    case 'review_on':
      return item.review_on ? fullCalendarDay(item.review_on) : '';
    case 'responsible':
      return item.responsible_name;
    case 'standing':
      return t(`treat.standing.${item.standing}`);
  }
}

/** The same item as it would be with what stands in the fields. */
export function itemWith(fields: Fields, plan: TreatmentPlan, item: PlanItem): PlanItem {
  const { method, ...parts } = partsOf(fields);
  const named = (list: { id: string; name: string }[], id = ''): string =>
    list.find((each) => each.id === id)?.name ?? id;
  return {
    ...item,
    problem: parts.problem ?? '',
    goal: { words: parts.goal?.words ?? '', steps: parts.goal?.steps ?? [] },
    ...(method ? { method: { ...method, name: named(plan.options, method.option) } } : {}),
    ...(parts.measure ? { measure_title: named(plan.measures, parts.measure) } : {}),
    ...(parts.review_on ? { review_on: parts.review_on } : {}),
    responsible_name: named(plan.team, parts.responsible),
    standing: fields.standing,
  };
}
