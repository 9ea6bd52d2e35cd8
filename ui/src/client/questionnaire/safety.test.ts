// Goal: no answer to a safety item above zero, and no skipped one among others, goes without help.
// The first test walks every value; the last ones are the cases in which help would be wrong.
import { describe, expect, it } from 'vitest';
import { answersInOrder, needsHelp, type Given } from './safety';

const choices = [0, 1, 2, 3].map((value) => ({ value, text: `${value}` }));
const instrument = {
  items: ['a', 'b', 'c'].map((key) => ({
    key,
    text: key,
    safety: key === 'c',
    answers: choices,
  })),
};
const help = (given: Given) => needsHelp(instrument, given);

describe('the safety item', () => {
  it('calls for help at every value above zero, whatever else was said', () => {
    for (const value of [1, 2, 3]) {
      expect(help({ a: 0, b: 0, c: value })).toBe(true);
      expect(help({ a: null, b: null, c: value })).toBe(true);
      expect(help({ c: value })).toBe(true);
    }
  });
  it('calls for help when it is skipped while others are answered, even with zero', () => {
    expect(help({ a: 0, b: null, c: null })).toBe(true);
    expect(help({ a: 3, b: 2, c: null })).toBe(true);
  });
  it('does not call for help at zero', () => {
    expect(help({ a: 3, b: 3, c: 0 })).toBe(false);
  });
  it('does not call for help when all was skipped, or before it was reached', () => {
    expect(help({ a: null, b: null, c: null })).toBe(false);
    expect(help({ a: 3, b: 3 })).toBe(false);
  });
  it('does not mistake another item for it', () => {
    expect(help({ a: 3 })).toBe(false);
  });
});

describe('the answers that are sent', () => {
  it('keep the order of the items; skipped and not reached are null, zero stays zero', () => {
    expect(answersInOrder(instrument, { b: 0, a: null })).toEqual([null, 0, null]);
  });
});
