// Goal: no word hides a score or lies outside the chart.
import { describe, expect, it } from 'vitest';
import { atEnds, endLabels, quietest } from './labels';

const bottom = 216;
const dot = (x: number, y: number) => ({ x, y, total: 5 });

describe('a few words', () => {
  it('stand where they are farthest from any dot', () => {
    const rows = [...atEnds(80, 28, 260), ...atEnds(140, 28, 260)];
    expect(quietest(rows, [])).toMatchObject({ x: 42, y: 80 });
    expect(quietest(rows, [dot(40, 70)])).toMatchObject({ anchor: 'end' });
    expect(quietest(rows, [dot(40, 70), dot(240, 75)]).y).toBe(140);
  });
});

describe('the figure of the first and the last dot', () => {
  const shifts = (ys: number[]): number[] =>
    endLabels(ys.map((y, i) => dot(28 + 50 * i, y)), bottom).map((label, i) =>
      Math.sign(label.y - ys.at(-i)!),
    );
  it('stands where the line does not come from', () => {
    expect(shifts([60, 90])).toEqual([-1, 1]);
    expect(shifts([90, 60])).toEqual([1, -1]);
  });
  it('keeps clear of the dates, whatever the line does', () => {
    expect(shifts([60, 216])).toEqual([-1, -1]);
  });
  it('is one where there is one score', () => {
    expect(endLabels([dot(28, 90)], bottom)).toHaveLength(1);
  });
});
