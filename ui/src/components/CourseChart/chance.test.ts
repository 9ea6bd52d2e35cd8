// Goal: the band of "could be chance" lies exactly where the rule puts it.
import { describe, expect, it } from 'vitest';
import { chanceBand, chanceRange } from './chance';

const scale = { min: 0, max: 27, chance: { points: 6, source: 'x' } };

describe('could be chance', () => {
  it('holds the scores less than six points from the first: 12 to 22 for 17', () => {
    expect(chanceRange(scale, 17)).toEqual({ low: 12, high: 22 });
    expect(chanceBand(scale, 17)).toEqual({ low: 11.5, high: 22.5 });
  });
  it('agrees with the rule for every score', () => {
    for (let first = 0; first <= 27; first += 1) {
      const range = chanceRange(scale, first)!;
      for (let now = 0; now <= 27; now += 1) {
        expect(now >= range.low && now <= range.high).toBe(Math.abs(now - first) < 6);
      }
    }
  });
  it('handles a reliable change that is not a whole number', () => {
    const fine = { ...scale, chance: { points: 5.1, source: '' } };
    expect(chanceRange(fine, 17)).toEqual({ low: 12, high: 22 });
  });
  it('stays within the scale', () => {
    expect(chanceBand(scale, 2)).toEqual({ low: 0, high: 7.5 });
    expect(chanceBand(scale, 27)).toEqual({ low: 21.5, high: 27 });
  });
  it('is absent where it is not known', () => {
    expect(chanceBand({ ...scale, chance: undefined }, 17)).toBeUndefined();
    expect(chanceBand(scale, undefined)).toBeUndefined();
  });
});
