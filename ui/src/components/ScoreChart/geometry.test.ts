// Goal: the chart shows the numbers where they are: true limits, true time, gaps as gaps, and the
// band of "could be chance" exactly where the rule puts it.
import { describe, expect, it } from 'vitest';
import {
  bandEdges,
  chanceBand,
  chanceLabel,
  chanceRange,
  labelSide,
  roomFor,
  scaleX,
  scaleY,
  timeTicks,
  tintOf,
  type Data,
} from './geometry';

const day = 86_400_000;
const start = Date.parse('2026-08-31T09:00:00Z');
const data: Data = {
  min: 0,
  max: 27,
  direction: 'lower_is_better',
  bands: [
    { from: 0, to: 4, name: 'minimal' },
    { from: 5, to: 9, name: 'mild' },
    { from: 10, to: 14, name: 'moderate' },
    { from: 15, to: 19, name: 'moderately severe' },
    { from: 20, to: 27, name: 'severe' },
  ],
  chance: { points: 6, source: 'x' },
  scores: [],
};
const box = roomFor(342);

describe('the axes', () => {
  it('run over the true limits of the scale, whatever the scores are', () => {
    const y = scaleY(data, box);
    expect(y(27)).toBe(box.top);
    expect(y(0)).toBe(box.height - box.bottom);
    expect(y(13.5)).toBeCloseTo((y(27) + y(0)) / 2, 1);
  });
  it('put twice the time at twice the distance', () => {
    const x = scaleX(0, 100 * day, box);
    expect(x(0)).toBe(box.left);
    expect(x(100 * day)).toBe(box.width - box.right);
    expect(x(40 * day) - x(20 * day)).toBeCloseTo(x(20 * day) - x(0), 1);
  });
  it('do not divide by nothing when there is one moment only', () => {
    expect(scaleX(5, 5, box)(5)).toBe(box.left);
  });
  it('begin and end with a date', () => {
    const ticks = timeTicks(start, start + 84 * day, box);
    expect(ticks[0]!.time).toBe(start);
    expect(ticks.at(-1)!.time).toBe(start + 84 * day);
  });
});

describe('could be chance', () => {
  it('holds the scores less than six points from the first: 12 to 22 for 17', () => {
    expect(chanceRange(data, 17)).toEqual({ low: 12, high: 22 });
    expect(chanceBand(data, 17)).toEqual({ low: 11.5, high: 22.5 });
  });
  it('agrees with the rule for every score', () => {
    for (let first = 0; first <= 27; first += 1) {
      const range = chanceRange(data, first)!;
      for (let now = 0; now <= 27; now += 1) {
        expect(now >= range.low && now <= range.high).toBe(Math.abs(now - first) < 6);
      }
    }
  });
  it('handles a reliable change that is not a whole number', () => {
    expect(chanceRange({ ...data, chance: { points: 5.1, source: '' } }, 17)).toEqual({
      low: 12,
      high: 22,
    });
  });
  it('stays within the scale', () => {
    expect(chanceBand(data, 2)).toEqual({ low: 0, high: 7.5 });
    expect(chanceBand(data, 27)).toEqual({ low: 21.5, high: 27 });
  });
  it('is absent where it is not known', () => {
    expect(chanceBand({ ...data, chance: undefined }, 17)).toBeUndefined();
    expect(chanceBand(data, undefined)).toBeUndefined();
  });
});

describe('the ground', () => {
  it('has no hole between two bands', () => {
    const edges = bandEdges(data);
    edges.slice(1).forEach((band, i) => expect(band.from).toBe(edges[i]!.to));
    expect(edges[0]!.from).toBe(0);
    expect(edges.at(-1)!.to).toBe(27);
  });
  it('is darker where it is more severe, in both directions', () => {
    expect([0, 1, 2, 3, 4].map((i) => tintOf(i, 5, 'lower_is_better'))).toEqual([1, 2, 3, 4, 5]);
    expect([0, 1, 2].map((i) => tintOf(i, 3, 'higher_is_better'))).toEqual([5, 3, 1]);
  });
});

describe('a label', () => {
  it('of the band of chance keeps clear of the dots', () => {
    const band = { top: 60, bottom: 150 };
    const dot = (x: number, y: number) => ({ x, y, total: 0, at: 0 });
    expect(chanceLabel([dot(40, 70)], band, box)).toMatchObject({ anchor: 'end' });
    expect(chanceLabel([dot(40, 70), dot(240, 75)], band, box).y).toBeGreaterThan(120);
    expect(chanceLabel([], band, box)).toMatchObject({ anchor: 'start', y: 75 });
  });
  it('stands where the line does not come from', () => {
    const at = { x: 0, y: 50, total: 1, at: 0 };
    expect(labelSide(at, { ...at, y: 20 })).toBe('below');
    expect(labelSide(at, { ...at, y: 80 })).toBe('above');
  });
});
