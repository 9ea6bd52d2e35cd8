// The six parts of a safety plan in their order.
import type { SafetyPerson, SafetyPlan } from '../../api/types';

export const lineParts = ['signs', 'own_steps', 'people_places', 'safer'] as const;
export const personParts = ['ask', 'professionals'] as const;
export const partOrder = [
  'signs',
  'own_steps',
  'people_places',
  'ask',
  'professionals',
  'safer',
] as const;
export type PartId = (typeof partOrder)[number];

export interface Part {
  id: PartId;
  lines: string[];
  people: SafetyPerson[];
}

export function isPersonPart(id: PartId): id is (typeof personParts)[number] {
  return (personParts as readonly string[]).includes(id);
}

export function filledParts({ parts }: SafetyPlan): Part[] {
  return partOrder
    .map((id) =>
      isPersonPart(id)
        ? { id, lines: [], people: parts[id] }
        : { id, lines: parts[id], people: [] },
    )
    .filter((part) => part.lines.length + part.people.length > 0);
}

export function emptyPlan(): SafetyPlan {
  return {
    parts: { signs: [], own_steps: [], people_places: [], ask: [], professionals: [], safer: [] },
  };
}
