// Goal: a line joins what belongs together, and a gap stays a gap. One rule for all charts.
import { describe, expect, it } from 'vitest';
import { runs, type Measured } from './runs';

const start = Date.parse('2026-08-31T09:00:00Z');
function score(days: number, total?: number): Measured {
  const at = new Date(start + days * 86_400_000).toISOString();
  return total === undefined ? { at } : { at, total };
}

describe('the line', () => {
  it('joins answers that came in their usual rhythm', () => {
    expect(runs([score(0, 17), score(7, 18), score(15, 16)]).length).toBe(1);
  });
  it('breaks where two weeks have no answer', () => {
    const found = runs([score(0, 17), score(7, 18), score(28, 16), score(35, 15)]);
    expect(found.map((run) => run.map((each) => each.total))).toEqual([[17, 18], [16, 15]]);
  });
  it('breaks at an answer that has no score, and never draws it as zero', () => {
    const found = runs([score(0, 17), score(7), score(14, 15)]);
    expect(found.map((run) => run.map((each) => each.total))).toEqual([[17], [15]]);
  });
  it('is nothing when nothing was said', () => {
    expect(runs([])).toEqual([]);
  });
});
