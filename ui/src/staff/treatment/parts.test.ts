// Goal: a change of a plan names only what was changed, so that it disturbs nobody else's change.
import { describe, expect, it } from 'vitest';
import type { PlanItem } from '../../api/types';
import { changeOf, chosen, fieldsOf } from './parts';

const item: PlanItem = {
  item: 'i',
  problem: 'Evenings',
  goal: { words: 'See Sam', steps: ['Call', 'Walk'] },
  method: { option: 'ba', rule: 'N04', reason: 'She likes it', name: 'BA' },
  review_on: '2026-12-22',
  responsible: 'r',
  responsible_name: 'Dr Lee',
  standing: 'going_on',
  ratings: [],
};

describe('a change of a plan', () => {
  it('is empty when nothing was changed', () => {
    expect(changeOf('i', 3, fieldsOf(item), item)).toEqual({ item: 'i', based_on: 3 });
  });
  it('names the changed part alone', () => {
    const fields = { ...fieldsOf(item), review_on: '2027-01-05' };
    expect(changeOf('i', 3, fields, item)).toEqual({
      item: 'i', based_on: 3, review_on: '2027-01-05',
    });
  });
  it('holds all that is filled in of a new goal, and the rule that offered its method', () => {
    const fields = { ...fieldsOf(item), method: chosen('cbt', 'N05'), measure: '' };
    const change = changeOf('j', 0, fields);
    expect(change.method).toEqual({ option: 'cbt', rule: 'N05', reason: 'She likes it' });
    expect(change.goal).toEqual({ words: 'See Sam', steps: ['Call', 'Walk'] });
    expect('measure' in change).toBe(false);
  });
});
