// Goal: a check-in is what was said and nothing else; skipping never becomes a zero.
import { describe, expect, it } from 'vitest';
import { after, bodyOf, isEmpty, readHours, stepOf } from './questions';

describe('a check-in', () => {
  it('leads through four questions and then ends', () => {
    const way = ['mood'];
    while (way.at(-1) !== 'end') way.push(after(stepOf(way.at(-1)!)));
    expect(way).toEqual(['mood', 'energy', 'sleep', 'interest', 'end']);
    expect(after('text')).toBe('end');
  });
  it('begins with the mood at an address it does not know', () => {
    expect(stepOf('nonsense')).toBe('mood');
    expect(stepOf(null)).toBe('mood');
  });
  it('sends only what was said', () => {
    expect(bodyOf({ mood: 0, energy: undefined, text: '  ', activities: [] })).toEqual({ mood: 0 });
  });
  it('marks a text to talk about only if there is a text', () => {
    expect(bodyOf({ to_talk_about: true })).toEqual({});
    expect(bodyOf({ text: 'a', to_talk_about: true })).toEqual({ text: 'a', to_talk_about: true });
  });
  it('is empty when all was skipped, and not when the lowest was chosen', () => {
    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ mood: 0 })).toBe(false);
  });
  it('reads hours of sleep as people write them', () => {
    expect(readHours('6,5')).toBe(6.5);
    expect(readHours(' 7 ')).toBe(7);
    expect(readHours('7.3')).toBe(7.5);
    for (const wrong of ['', 'six', '-1', '25', '1e3', '24.5']) {
      expect(readHours(wrong), wrong).toBeUndefined();
    }
  });
});
