// Goal: one catalogue. A staff key that is a client key too would change the client's words for
// staff and hide one of the two.
import { expect, it } from 'vitest';
import { en } from './en';
import { enPlan } from './en_plan';
import { enStaff } from './en_staff';
import { enWaiting } from './en_waiting';

it('no key stands in two parts of the catalogue', () => {
  const parts = [en, enPlan, enStaff, enWaiting].map((part) => Object.keys(part));
  expect(parts.flat().length).toBe(new Set(parts.flat()).size);
});

it('no plain staff text blames, alarms or praises', () => {
  for (const text of Object.values(enStaff)) {
    if (typeof text !== 'string') continue;
    expect(text).not.toMatch(/!|\bfailed\b|compliant|committed|\bnormal\b|great job|well done/i);
  }
});
