import type { SafetyPlan } from '../../api/types';
import type { Example } from '../../examples/example';
import { emptyPlan } from '../SafetyPlanView/parts';
import SafetyPlanFields from './SafetyPlanFields.svelte';

const begun: SafetyPlan = {
  parts: {
    ...emptyPlan().parts,
    signs: ['I stop answering Sam.'],
    ask: [{ name: 'Sam', phone: '01632 960 012' }],
  },
};
const onchange = (): void => undefined;
export const component = SafetyPlanFields;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'Begun', props: { plan: begun, faults: {}, onchange } },
  {
    title: 'A number that cannot be right',
    props: { plan: begun, faults: { 'ask-0-phone': 'A phone number has digits only' }, onchange },
  },
];
