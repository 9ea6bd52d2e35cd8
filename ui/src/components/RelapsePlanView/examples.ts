import type { Example } from '../../examples/example';
import { enWatch } from '../../words/en_watch';
import { addWords } from '../../words/index';
import { plan } from './fixture';
import { emptyPlan } from './parts';
import RelapsePlanView from './RelapsePlanView.svelte';

addWords(enWatch);
const begun = { parts: { ...emptyPlan().parts, signs: plan.parts.signs.slice(1) } };
export const component = RelapsePlanView;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'Every part', props: { plan } },
  { title: 'Begun: one sign', props: { plan: begun } },
];
