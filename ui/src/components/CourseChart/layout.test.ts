// Goal: the chart tells the truth about gaps, time, the limits of the scale and chance.
import { describe, expect, it } from 'vitest';
import { courseOf } from './fixture';
import { hasYears, layOut } from './layout';
import { runs } from './runs';

const room = { width: 748, height: 330, compact: false };

describe('runs of scores', () => {
  it('break where an answer was left without a score', () => {
    const pieces = runs(courseOf([18, 17, undefined, 16, 17]).scores);
    expect(pieces.map((piece) => piece.map((p) => p.total))).toEqual([[18, 17], [16, 17]]);
  });
  it('break where the wait was much longer than usual', () => {
    const { scores } = courseOf([18, 17, 17, 0, 16, 15]);
    const pieces = runs(scores.filter((score) => score.total !== 0));
    expect(pieces.map((piece) => piece.length)).toEqual([3, 2]);
  });
  it('go on where the questionnaire is asked less often from a day on', () => {
    const day = 86_400_000;
    const days = [0, 7, 14, 21, 28, 42, 56, 70, 112, 126, 140];
    const scores = days.map((n) => ({ at: new Date(n * day).toISOString(), total: 5 }));
    expect(runs(scores).map((piece) => piece.length)).toEqual([8, 3]);
  });
  it('are joined when two scores are all there is', () => {
    expect(runs(courseOf([18, 17]).scores)).toHaveLength(1);
  });
});

describe('the layout of a chart', () => {
  it('puts the limits of the scale at the edges of the plot', () => {
    const chart = layOut(courseOf([0, 27]), room);
    expect(chart.dots[0]?.y).toBe(chart.bottom);
    expect(chart.dots[1]?.y).toBe(chart.top);
  });
  it('keeps time true: equal waits are equal widths', () => {
    const { dots } = layOut(courseOf([10, 10, 10]), room);
    expect(dots[1]!.x - dots[0]!.x).toBeCloseTo(dots[2]!.x - dots[1]!.x, 0);
  });
  it('draws the edges of chance around the first score, inside the scale only', () => {
    const both = layOut(courseOf([18, 17]), room).chance;
    expect(both?.upper).toBeLessThan(both!.lower!);
    const low = layOut(courseOf([3, 4]), room).chance;
    expect(low?.upper).toBeDefined();
    expect(low?.lower).toBeUndefined();
  });
  it('draws no band of chance when no threshold is known', () => {
    const { chance: _, ...unknown } = courseOf([18, 17]);
    expect(layOut(unknown, room).chance).toBeUndefined();
  });
  it('joins the numbers of meetings that have no room beside each other', () => {
    const course = courseOf(Array.from({ length: 80 }, () => 10));
    const { meetings } = layOut(course, room);
    const halfWidth = (text: string): number => 3.5 * text.length;
    meetings.slice(1).forEach((label, i) => {
      const before = meetings[i]!;
      const free = label.x - halfWidth(label.text) - before.x - halfWidth(before.text);
      expect(free).toBeGreaterThan(0);
    });
    expect(meetings.at(-1)!.text).toMatch(/–80$/);
  });
  it('numbers the meetings that were, not those to come', () => {
    const course = courseOf([18, 17]);
    const ahead = { id: 'next', at: '2027-01-01T09:00:00.000Z', number: 3 } as const;
    course.meetings.push({ ...ahead, minutes: 50, place: 'video', outcome: 'planned' });
    expect(layOut(course, room).meetings.map(({ text }) => text)).toEqual(['1', '2']);
  });
  it('gives a measure without named bands round levels, apart from its limits', () => {
    const own = { ...courseOf([28, 22]), bands: [], min: 13, max: 65 };
    const { levels } = layOut(own, room);
    expect(levels.map(({ text }) => text)).toEqual(['13', '20', '30', '40', '50', '60', '65']);
  });
  it('names the year where a day could be one of two, and gives it room', () => {
    const now = Date.UTC(2026, 10, 25);
    const weeks = (n: number): number => now - n * 7 * 86_400_000;
    expect(hasYears(weeks(20), now, now)).toBe(false);
    expect(hasYears(weeks(60), now, now)).toBe(true);
    expect(hasYears(weeks(60), weeks(40), now)).toBe(true);
    const { dates } = layOut(courseOf(Array.from({ length: 80 }, () => 10)), room);
    dates.slice(1).forEach((date, i) => expect(date.x - dates[i]!.x).toBeGreaterThan(90));
  });
  it('has nothing to draw without a score', () => {
    const chart = layOut(courseOf([]), room);
    expect(chart.dots).toEqual([]);
    expect(chart.first).toBeUndefined();
  });
});
