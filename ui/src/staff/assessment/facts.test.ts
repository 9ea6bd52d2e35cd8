// Goal: only what was changed is told, and an emptied answer is taken back, never sent as "no".
import { expect, it } from 'vitest';
import type { Fact } from '../../api/types';
import { changedFacts, grouped, inWords } from './facts';

const fact = (id: string, group: string, value?: string): Fact => ({
  fact: id, says: id, group, kind: 'flag', values: ['yes', 'no'],
  of_record: false, to_clinician: false, ...(value ? { value } : {}),
});
const facts = [fact('a', 'one', 'yes'), fact('b', 'two'), fact('c', 'one', 'no')];

it('tells what was changed and nothing else', () => {
  expect(changedFacts(facts, { a: 'yes', b: 'no' })).toEqual([{ fact: 'b', value: 'no' }]);
});
it('takes back what was emptied', () => {
  expect(changedFacts(facts, { a: '', b: '' })).toEqual([{ fact: 'a' }]);
});
it('keeps the order under headings', () => {
  expect(grouped(facts).map(({ name, facts: list }) => [name, list.length])).toEqual([
    ['one', 2],
    ['two', 1],
  ]);
});
it('says values in words', () => {
  expect(inWords('raising_dose')).toBe('raising dose');
});
