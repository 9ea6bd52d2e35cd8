// Facts under their headings, and what of them was changed.
import type { Bodies, Fact } from '../../api/types';

/** In the order of the facts; a heading stands where its first fact does. */
export function grouped(facts: Fact[]): { name: string; facts: Fact[] }[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) groups.set(fact.group, [...(groups.get(fact.group) ?? []), fact]);
  return [...groups].map(([name, list]) => ({ name, facts: list }));
}

/** Without what is as it was; an empty value takes the fact back. */
export function changedFacts(
  facts: Fact[],
  given: Record<string, string>,
): Required<Bodies['facts_told']>['facts'] {
  return facts
    .filter(({ fact, value }) => given[fact] !== undefined && given[fact] !== (value ?? ''))
    .map(({ fact }) => (given[fact] ? { fact, value: given[fact] } : { fact }));
}

/** "raising_dose" as it is said. */
export function inWords(value: string): string {
  return value.replaceAll('_', ' ');
}
