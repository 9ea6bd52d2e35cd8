// Goal: editing a safety plan keeps every word that was written and drops only what is empty.
import { describe, expect, it } from 'vitest';
import { emptyPlan, filledParts } from '../../components/SafetyPlanView/parts';
import { faultsOf, tidy } from './edit';

function plan(more: Partial<ReturnType<typeof emptyPlan>['parts']>) {
  return { parts: { ...emptyPlan().parts, ...more } };
}

describe('a safety plan being edited', () => {
  it('loses empty lines and nothing else', () => {
    const signs = ['  I stop answering. ', ' ', ''];
    const kept = tidy(plan({ signs, safer: ['Sam keeps them'] }));
    expect(kept.parts.signs).toEqual(['I stop answering.']);
    expect(kept.parts.safer).toEqual(['Sam keeps them']);
  });
  it('keeps a person with a name only, and drops an empty one', () => {
    const kept = tidy(plan({ ask: [{ name: ' Sam ', phone: ' ', note: '' }, { name: '' }] }));
    expect(kept.parts.ask).toEqual([{ name: 'Sam' }]);
  });
  it('names a number without a name, so that saving does not drop it', () => {
    const faults = faultsOf(plan({ ask: [{ name: '', phone: '01632 960 012' }] }));
    expect(faults).toEqual([{ field: 'ask-0-name', kind: 'name' }]);
  });
  it('names a number that cannot be called, and takes usual writings', () => {
    const wrong = plan({ professionals: [{ name: 'Clinic', phone: 'ask Sam' }] });
    expect(faultsOf(wrong)).toEqual([{ field: 'professionals-0-phone', kind: 'phone' }]);
    const right = plan({ ask: [{ name: 'Sam', phone: '+44 (0)1632 960-012' }] });
    expect(faultsOf(right)).toEqual([]);
  });
  it('names what is longer than the record takes, counted as the record counts it', () => {
    expect(faultsOf(plan({ signs: ['a'.repeat(500), 'ж'.repeat(250)] }))).toEqual([]);
    const long = plan({ signs: ['ok', 'ж'.repeat(251)], ask: [{ name: '語'.repeat(67) }] });
    expect(faultsOf(long)).toEqual([
      { field: 'signs-1-line', kind: 'long' },
      { field: 'ask-0-name', kind: 'long' },
    ]);
  });
  it('shows the parts that hold something, in their order', () => {
    const some = plan({ safer: ['a'], signs: ['b'], ask: [{ name: 'Sam' }] });
    expect(filledParts(some).map((part) => part.id)).toEqual(['signs', 'ask', 'safer']);
  });
});
