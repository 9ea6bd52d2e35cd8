// Goal: one catalogue. A staff key that is a client key too would change the client's words for
// staff and hide one of the two.
import { expect, it } from 'vitest';
import { en } from './en';
import { enStaff } from './en_staff';

it('no key stands in both parts of the catalogue', () => {
  expect(Object.keys(enStaff).filter((key) => Object.hasOwn(en, key))).toEqual([]);
});

it('no plain staff text blames, alarms or praises', () => {
  for (const text of Object.values(enStaff)) {
    if (typeof text !== 'string') continue;
    expect(text).not.toMatch(/!|\bfailed\b|compliant|committed|\bnormal\b|great job|well done/i);
  }
});
