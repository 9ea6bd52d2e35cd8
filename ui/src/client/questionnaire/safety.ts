// Decided in the browser, with or without a network, before anything else happens: does this
// answer call for the help screen? Any value of 1 or more in an item marked `safety`, and leaving
// it out while others are answered. Nothing here scores, ranks or closes anything.
import type { Instrument } from '../../api/types';

export type Given = Record<string, number | null>; // key of the item -> value; null: skipped

type Items = Pick<Instrument, 'items'>;

export function needsHelp({ items }: Items, given: Given): boolean {
  return items.some((item) => item.safety && itemNeedsHelp(item.key, given));
}

function itemNeedsHelp(key: string, given: Given): boolean {
  if (!(key in given)) return false; // not reached yet
  const value = given[key];
  if (typeof value === 'number') return value >= 1;
  return Object.entries(given).some(([other, answer]) => other !== key && answer !== null);
}

/** The list that is sent: the order of the items, null for what was skipped or not reached. */
export function answersInOrder({ items }: Items, given: Given): (number | null)[] {
  return items.map((item) => given[item.key] ?? null);
}
