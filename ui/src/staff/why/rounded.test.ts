// Goal: a number is rounded once, for reading, and loses neither its sign nor its size.
import { expect, it } from 'vitest';
import { rounded } from './rounded';

it('keeps whole numbers, rounds to three places and writes a true minus', () => {
  expect(rounded(18)).toBe('18');
  expect(rounded(2.35799)).toBe('2.358');
  expect(rounded(-7)).toBe('−7');
  expect(rounded(-0.00001)).toBe('0');
  expect(rounded(0.1 + 0.2)).toBe('0.3');
});
