// Pure steps of editing a safety plan: what is empty goes, what cannot be right is named.
import type { SafetyPerson, SafetyPlan } from '../../api/types';
import {
  emptyPlan, isPersonPart, lineParts, partOrder, personParts,
} from '../../components/SafetyPlanView/parts';

export interface Fault {
  field: string; // id of the input
  kind: 'name' | 'phone' | 'long';
}

// What the record takes: bytes of UTF-8 for a text, and how many lines or people in a part.
const largest = { line: 500, name: 200, phone: 40, note: 300 };
export const mostLines = 20;

function isLong(text: string | undefined, most: number): boolean {
  return text !== undefined && new TextEncoder().encode(text.trim()).length > most;
}

export function fieldId(part: string, index: number, what: 'line' | 'name' | 'phone' | 'note') {
  return `${part}-${index}-${what}`;
}

/** Each part begins with one open line, so that there is a place to write. */
export function withOpenLines(from: SafetyPlan | undefined): SafetyPlan {
  const { parts } = JSON.parse(JSON.stringify(from ?? emptyPlan())) as SafetyPlan;
  for (const part of partOrder) {
    if (parts[part].length > 0) continue;
    if (isPersonPart(part)) parts[part] = [{ name: '' }];
    else parts[part] = [''];
  }
  return { parts };
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
  for (const part of lineParts) {
    parts[part].forEach((line, i) => {
      if (isLong(line, largest.line)) found.push({ field: fieldId(part, i, 'line'), kind: 'long' });
    });
  }
  for (const part of personParts) {
    parts[part].forEach(({ name, phone, note }, i) => {
      const something = Boolean(phone?.trim() || note?.trim());
      if (something && !name.trim()) found.push({ field: fieldId(part, i, 'name'), kind: 'name' });
      if (phone?.trim() && !/^\+?[\d\s()\-/.]{2,30}$/.test(phone.trim())) {
        found.push({ field: fieldId(part, i, 'phone'), kind: 'phone' });
      }
      for (const what of ['name', 'note'] as const) {
        const text = what === 'name' ? name : note;
        if (!isLong(text, largest[what])) continue;
        found.push({ field: fieldId(part, i, what), kind: 'long' });
      }
    });
  }
  return found;
}
