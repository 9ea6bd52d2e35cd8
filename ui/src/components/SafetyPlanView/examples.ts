import type { SafetyPlan } from '../../api/types';
import type { Example } from '../../examples/example';
import SafetyPlanView from './SafetyPlanView.svelte';

const full: SafetyPlan = {
  parts: {
    signs: ['I stop answering Sam.', 'I think everyone would be better off.'],
    own_steps: ['Cold water on my face. Then the window.', 'The long playlist, all of it.'],
    people_places: ['Café by the lock. Mum’s kitchen.'],
    ask: [{ name: 'Sam', phone: '01632 960 012', note: 'Said: any time, even at night' }],
    professionals: [{ name: 'the clinic', phone: '01632 960 011', note: 'Weekdays 9 to 5' }],
    safer: ['Sam keeps the tablets. I ask for two days at a time.'],
  },
};
const begun: SafetyPlan = {
  parts: { ...full.parts, own_steps: [], people_places: [], ask: [{ name: 'Sam' }], safer: [] },
};

export const component = SafetyPlanView;
export const examples: Example[] = [
  { title: 'All six parts', props: { plan: full } },
  { title: 'Begun: three parts, numbered anew', props: { plan: begun } },
];
