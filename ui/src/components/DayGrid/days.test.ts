// Goal: a day without a word is blank, and a day is never moved by a zone.
import { describe, expect, it } from 'vitest';
import { kindOf, weeksOf } from './days';

describe('days as marks', () => {
  it('tells blank from hard, and “today is hard” from both', () => {
    expect(kindOf(undefined)).toBe('blank');
    expect(kindOf({ day: '2026-11-24', hard: false, mood: 0, activities: 0 })).toBe('hard');
    expect(kindOf({ day: '2026-11-24', hard: true, mood: 4, activities: 0 })).toBe('today_is_hard');
    expect(kindOf({ day: '2026-11-24', hard: false, activities: 1 })).toBe('said');
  });
  it('begins weeks on Monday and leaves the days to come open', () => {
    const weeks = weeksOf([], '2026-11-24', 5);
    expect(weeks.map((week) => week.monday)).toEqual([
      '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23',
    ]);
    expect(weeks[4]?.days.map(({ kind }) => kind)).toEqual([
      'blank', 'blank', 'later', 'later', 'later', 'later', 'later',
    ]);
  });
});
