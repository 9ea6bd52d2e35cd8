// A calendar day with its year, for birth dates and letters.
import type { Day } from '../../api/types';

export function fullCalendarDay(day: Day): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${day}T12:00:00Z`));
}
