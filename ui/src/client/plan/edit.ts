// Pure steps of editing a safety plan: what is empty goes, what cannot be right is named.
import type { SafetyPerson, SafetyPlan } from '../../api/types';
import { lineParts, personParts } from '../../components/SafetyPlanView/parts';

export interface Fault {
  field: string; // id of the input
  kind: 'name' | 'phone';
}

export function fieldId(part: string, index: number, what: 'line' | 'name' | 'phone' | 'note') {
  return `${part}-${index}-${what}`;
}

/** What is kept: trimmed, without empty lines and people. */
export function tidy({ parts }: SafetyPlan): SafetyPlan {
  const kept = { ...parts };
  for (const part of lineParts) {
    kept[part] = parts[part].map((line) => line.trim()).filter((line) => line !== '');
  }
  for (const part of personParts) {
    kept[part] = parts[part].map(tidyPerson).filter((person) => person.name !== '');
  }
  return { parts: kept };
}

function tidyPerson({ name, phone, note }: SafetyPerson): SafetyPerson {
  const person: SafetyPerson = { name: name.trim() };
  if (phone?.trim()) person.phone = phone.trim();
  if (note?.trim()) person.note = note.trim();
  return person;
}

export function faultsOf({ parts }: SafetyPlan): Fault[] {
  const found: Fault[] = [];
  for (const part of personParts) {
    parts[part].forEach(({ name, phone, note }, i) => {
      const something = Boolean(phone?.trim() || note?.trim());
      if (something && !name.trim()) found.push({ field: fieldId(part, i, 'name'), kind: 'name' });
      if (phone?.trim() && !/^\+?[\d\s()\-/.]{2,30}$/.test(phone.trim())) {
        found.push({ field: fieldId(part, i, 'phone'), kind: 'phone' });
      }
    });
  }
  return found;
}
