// Goal: nothing written is lost on the way into the record, nothing empty goes there, and what
// cannot be right is named at its field.
import { describe, expect, it } from 'vitest';
import { plan } from './fixture';
import { emptyPlan, faultsOf, tidy, withOpenLines } from './parts';

describe('a relapse plan', () => {
  it('is kept as it was written', () => {
    expect(tidy(plan)).toEqual(plan);
    expect(tidy(withOpenLines(plan))).toEqual(plan);
  });
  it('leaves out what stayed empty', () => {
    const open = withOpenLines(undefined);
    expect(open.parts.signs).toHaveLength(1);
    open.parts.medicines = '  ';
    open.parts.events.push({ what: ' ', on: '' });
    open.parts.supporters.push({ name: '', phone: '' });
    expect(tidy(open)).toEqual(emptyPlan());
  });
  it('names a sign, an event and a person without words, and days that cannot be', () => {
    const wrong = withOpenLines(undefined);
    wrong.parts.signs = [
      { domain: 'sleep', sign: '', i_do: 'Walk' },
      { domain: 'sleep', sign: 'Awake', lead_days: 1.5 },
    ];
    wrong.parts.events = [{ what: '', on: '2027-02-03' }];
    wrong.parts.supporters = [{ name: '', phone: '01632 960 031' }];
    expect(faultsOf(wrong).map(({ field }) => field)).toEqual([
      'sign-0', 'sign-1-lead_days', 'event-0', 'supporters-0-name',
    ]);
    expect(faultsOf(plan)).toEqual([]);
  });
});
