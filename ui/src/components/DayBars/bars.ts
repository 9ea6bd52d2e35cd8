// Fourteen days of one amount, and how the last seven compare with the seven before.
import type { Day } from '../../api/types';
import { addDays } from '../../time/clock';

export interface Amount {
  day: Day;
  amount: number;
}
export interface Bar {
  day: Day;
  amount?: number; // absent: nothing said, which is not zero
  recent: boolean;
}

export function fortnight(amounts: Amount[], today: Day): Bar[] {
  const known = new Map(amounts.map((each) => [each.day, each.amount]));
  return Array.from({ length: 14 }, (_, i) => {
    const day = addDays(today, i - 13);
    const amount = known.get(day);
    return { day, recent: i >= 7, ...(amount === undefined ? {} : { amount }) };
  });
}

export interface Halves {
  before: number[];
  recent: number[];
}
export function halves(bars: Bar[]): Halves {
  const of = (recent: boolean): number[] =>
    bars.filter((b) => b.recent === recent && b.amount !== undefined).map((b) => b.amount!);
  return { before: of(false), recent: of(true) };
}

export const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
/** To the half: more would pretend to a precision that guesses of sleep do not have. */
export const meanToHalf = (values: number[]): number =>
  Math.round((2 * sum(values)) / values.length) / 2;
