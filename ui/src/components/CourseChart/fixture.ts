// Courses for the page of examples and the tests. Nobody here is real.
import type { Course } from '../../api/types';

const bands = [
  { from: 0, to: 4, name: 'minimal' },
  { from: 5, to: 9, name: 'mild' },
  { from: 10, to: 14, name: 'moderate' },
  { from: 15, to: 19, name: 'moderately severe' },
  { from: 20, to: 27, name: 'severe' },
];
const week = (n: number): string =>
  new Date(Date.UTC(2026, 8, 21, 9) + n * 7 * 86_400_000).toISOString();

const bandOf = (total: number): string =>
  bands.find(({ from, to }) => total >= from && total <= to)?.name ?? '';

export function courseOf(totals: (number | undefined)[]): Course {
  return {
    instrument: 'phq-9',
    title: 'PHQ-9',
    min: 0,
    max: 27,
    direction: 'lower_is_better',
    bands,
    chance: { points: 6, source: 'as published' },
    scores: totals.map((total, n) => ({
      entry: `entry-${n}`,
      at: week(n),
      ...(total === undefined ? {} : { total, band: bandOf(total) }),
      prorated: false,
    })),
    days: [],
    meetings: totals.map((_, n) => ({
      id: `meeting-${n}`,
      at: week(n),
      minutes: 50,
      place: 'in_person',
      number: n + 1,
      outcome: 'attended',
    })),
    summary: [],
    data_until: week(totals.length),
  };
}
