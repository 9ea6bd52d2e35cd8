// Goal: the hours in which somebody reads are said as a person would say them.
import { describe, expect, it } from 'vitest';
import type { ServiceDay } from '../api/types';
import { hoursInWords } from './hours';

function days(names: string, from = '09:00', to = '17:00'): ServiceDay[] {
  return names.split(' ').map((weekday) => ({ weekday, from, to }) as ServiceDay);
}

describe('reading hours in words', () => {
  it('call the five days weekdays', () => {
    expect(hoursInWords(days('mon tue wed thu fri'))).toBe('on weekdays, 9\u00a0am to 5\u00a0pm');
  });
  it('name the days when they are others', () => {
    expect(hoursInWords(days('mon wed', '08:30', '12:00'))).toBe(
      'on Monday and Wednesday, 8:30\u00a0am to 12\u00a0pm',
    );
  });
  it('say each span of its own', () => {
    const both = [...days('mon tue'), ...days('sat', '10:00', '14:00')];
    expect(hoursInWords(both)).toBe(
      'on Monday and Tuesday, 9\u00a0am to 5\u00a0pm and on Saturday, 10\u00a0am to 2\u00a0pm',
    );
  });
  it('are absent when nobody reads at any hour', () => {
    expect(hoursInWords([])).toBeUndefined();
  });
});
