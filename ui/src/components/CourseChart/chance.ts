// Could it be chance? The scores that differ from the first by less than the reliable change.
// A difference of just that many points is more than chance, so the drawn band ends half a point
// before it: no score lies on an edge.
import type { Course } from '../../api/types';

type Scale = Pick<Course, 'min' | 'max' | 'chance'>;
export interface Range {
  low: number;
  high: number;
}

/** The whole scores that could be chance, seen from the first one; absent where not known. */
export function chanceRange({ min, max, chance }: Scale, first?: number): Range | undefined {
  if (!chance || first === undefined) return undefined;
  const low = Math.max(min, Math.floor(first - chance.points) + 1);
  const high = Math.min(max, Math.ceil(first + chance.points) - 1);
  return low <= high ? { low, high } : undefined;
}

/** The same as a band on the chart: half a point beyond, but never beyond the scale. */
export function chanceBand(scale: Scale, first?: number): Range | undefined {
  const range = chanceRange(scale, first);
  if (!range) return undefined;
  return { low: Math.max(scale.min, range.low - 0.5), high: Math.min(scale.max, range.high + 0.5) };
}
