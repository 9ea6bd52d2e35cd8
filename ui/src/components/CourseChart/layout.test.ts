// Goal: the chart tells the truth about gaps, time, the limits of the scale and chance.
import { describe, expect, it } from 'vitest';
import { courseOf } from './fixture';
import { hasYears, layOut, shadeOf } from './layout';

const room = { width: 748, height: 330, narrow: false };

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
  it('shows what was since a moment, and what could be chance since the first score', () => {
    const course = courseOf([18, 17, 8, 7]);
    const late = layOut(course, { ...room, from: course.scores[2]!.at });
    expect(late.dots.map((dot) => dot.total)).toEqual([8, 7]);
    expect(late.dots[0]!.x).toBe(late.left);
    expect(late.chance?.top).toBe(layOut(course, room).chance?.top);
  });
  it('draws the edges of chance around the first score, inside the scale only', () => {
    const sides = (first: number) =>
      layOut(courseOf([first]), room).chance?.edges.map((edge) => edge.side);
    expect(sides(18)).toEqual(['above', 'below']);
    expect(sides(3)).toEqual(['above']);
    expect(sides(25)).toEqual(['below']);
  });
  it('draws no band of chance when no threshold is known', () => {
    const { chance: _, ...unknown } = courseOf([18, 17]);
    expect(layOut(unknown, room).chance).toBeUndefined();
  });
  it('leaves no hole between two bands, and is darker where it is more severe', () => {
    const { bands, top, bottom } = layOut(courseOf([10]), room);
    bands.slice(1).forEach((band, i) => {
      expect(band.y + band.height).toBeCloseTo(bands[i]!.y, 5);
    });
    expect([bands.at(-1)!.y, bands[0]!.y + bands[0]!.height]).toEqual([top, bottom]);
    expect([0, 1, 2, 3, 4].map((i) => shadeOf(i, 5, 'lower_is_better'))).toEqual([1, 2, 3, 4, 5]);
    expect([0, 1, 2].map((i) => shadeOf(i, 3, 'higher_is_better'))).toEqual([5, 3, 1]);
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
    expect(chart.ends).toEqual([]);
  });
});
