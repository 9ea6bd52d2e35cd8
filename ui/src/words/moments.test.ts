// Goal: near moments are read by time of day, far ones by date, in the zone of the account.
import { beforeAll, describe, expect, it } from 'vitest';
import { useZone } from '../time/clock';
import { dayInWords, heardShort, nextShort, whenInWords } from './moments';

const now = new Date('2026-11-24T08:52:00Z');
beforeAll(() => useZone('Europe/London'));

describe('moments in words', () => {
  it('names today by its time and older days by their date', () => {
    expect(whenInWords('2026-11-24T07:14:00.000Z', now)).toBe('07:14 today');
    expect(whenInWords('2026-11-23T07:14:00.000Z', now)).toBe('07:14 yesterday');
    expect(whenInWords('2026-11-02T07:14:00.000Z', now)).toBe('on 2 November');
    expect(dayInWords('2025-11-02', now)).toBe('2 November 2025');
  });
  it('takes a calendar day as it is, in every zone', () => {
    expect(whenInWords('2026-11-24', now)).toBe('today');
    expect(dayInWords('2026-11-02', now)).toBe('2 November');
  });
  it('fits a narrow column', () => {
    expect(heardShort('2026-11-20T12:00:00.000Z', now)).toBe('Fri');
    expect(heardShort('2026-11-11T12:00:00.000Z', now)).toBe('11 Nov');
    expect(heardShort('2014-11-11T12:00:00.000Z', now)).toBe('Nov 2014');
    expect(nextShort('2026-11-24T10:30:00.000Z', now)).toBe('10:30');
    expect(nextShort('2026-11-26T14:00:00.000Z', now)).toBe('Thu 26');
    expect(nextShort('2027-01-08T14:00:00.000Z', now)).toBe('8 Jan');
  });
});
