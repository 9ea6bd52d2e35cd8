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
  it('breaks where the wait was much longer than usual', () => {
    const found = runs([0, 7, 14, 28, 35].map((days) => score(days, 5)));
    expect(found.map((run) => run.length)).toEqual([3, 2]);
  });
  it('goes on where the questionnaire is asked less often from a day on', () => {
    const days = [0, 7, 14, 21, 28, 42, 56, 70, 112, 126, 140];
    expect(runs(days.map((n) => score(n, 5))).map((run) => run.length)).toEqual([8, 3]);
  });
  it('joins two scores when they are all there is', () => {
    expect(runs([score(0, 18), score(7, 17)])).toHaveLength(1);
  });
  it('is nothing when nothing was said', () => {
    expect(runs([])).toEqual([]);
  });
});
