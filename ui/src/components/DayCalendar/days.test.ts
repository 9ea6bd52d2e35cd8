// Goal: each day stands in its week and keeps its shape; a day without a word stays empty.
import { describe, expect, it } from 'vitest';
import { shapeOf, weeksUntil } from './days';

const said = { day: '2026-11-24', hard: false, activities: 0 };

describe('the shape of a day', () => {
  it('follows the mood, and "today is hard" before it', () => {
    expect([0, 1, 2, 3, 4].map((mood) => shapeOf({ ...said, mood }))).toEqual([
      'ring',
      'ring',
      'half',
      'full',
      'full',
    ]);
    expect(shapeOf({ ...said, hard: true, mood: 4 })).toBe('bar');
  });
  it('does not invent a mood', () => {
    expect(shapeOf(said)).toBe('dot');
  });
});

describe('the weeks', () => {
  it('end with the week of today, Monday first', () => {
    const weeks = weeksUntil('2026-11-24', 4, [{ ...said, mood: 3 }]);
    expect(weeks.map((week) => week.monday)).toEqual([
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
    ]);
    expect(weeks[3]!.days[1]).toEqual({ day: '2026-11-24', shape: 'full', ahead: false });
    expect(weeks[3]!.days[0]!.shape).toBeUndefined();
    expect(weeks[3]!.days[2]!.ahead).toBe(true);
  });
  it('cross the change of the clocks and of the year without losing a day', () => {
    const weeks = weeksUntil('2027-01-03', 12, []);
    const all = weeks.flatMap((week) => week.days.map((each) => each.day));
    expect(new Set(all).size).toBe(84);
    expect(all[0]).toBe('2026-10-12');
    expect(all.at(-1)).toBe('2027-01-03');
  });
});
