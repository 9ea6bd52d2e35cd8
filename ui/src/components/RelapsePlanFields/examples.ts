import type { Example } from '../../examples/example';
import { enWatch } from '../../words/en_watch';
import { addWords } from '../../words/index';
import { plan } from '../RelapsePlanView/fixture';
import { withOpenLines } from '../RelapsePlanView/parts';
import RelapsePlanFields from './RelapsePlanFields.svelte';

addWords(enWatch);
const onchange = (): void => undefined;
export const component = RelapsePlanFields;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'Being changed', props: { plan: withOpenLines(plan), faults: {}, onchange } },
  {
    title: 'A sign without words',
    props: {
      plan: withOpenLines(undefined),
      faults: { 'sign-0': 'Write the sign, or remove it' },
      onchange,
    },
  },
];
