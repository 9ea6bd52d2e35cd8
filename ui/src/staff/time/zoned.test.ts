// Goal: what a therapist types as a local time is that instant, also when the clocks change.
import { describe, expect, it } from 'vitest';
import { instantIn, localIn } from './zoned';

const london = 'Europe/London';

describe('a local time as an instant', () => {
  it('knows winter and summer', () => {
    expect(instantIn(london, '2026-11-26', '14:00')).toBe('2026-11-26T14:00:00.000Z');
    expect(instantIn(london, '2026-07-01', '14:00')).toBe('2026-07-01T13:00:00.000Z');
    expect(instantIn('America/New_York', '2026-11-26', '09:30')).toBe('2026-11-26T14:30:00.000Z');
  });
  it('keeps the hours beside a change of the clock', () => {
    expect(instantIn(london, '2026-03-29', '00:30')).toBe('2026-03-29T00:30:00.000Z');
    expect(instantIn(london, '2026-03-29', '03:00')).toBe('2026-03-29T02:00:00.000Z');
    expect(instantIn(london, '2026-10-25', '03:00')).toBe('2026-10-25T03:00:00.000Z');
  });
  it('moves a skipped hour forward and takes the first of a repeated one', () => {
    expect(instantIn(london, '2026-03-29', '01:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantIn(london, '2026-10-25', '01:30')).toBe('2026-10-25T00:30:00.000Z');
  });
  it('comes back the same', () => {
    for (const [day, time] of [['2026-07-01', '14:00'], ['2026-12-01', '09:30']] as const) {
      expect(localIn(london, instantIn(london, day, time))).toBe(`${day}T${time}`);
    }
  });
});
