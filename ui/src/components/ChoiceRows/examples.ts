import type { Example } from '../../examples/example';
import ChoiceRows from './ChoiceRows.svelte';

const choices = ['None at all', 'A little', 'Some', 'Quite a lot', 'Plenty'].map(
  (text, value) => ({ value, text }),
);
const question = 'How much energy have you had today?';
const onchoose = () => undefined;

export const component = ChoiceRows;
export const examples: Example[] = [
  { title: 'Nothing chosen yet', props: { name: 'e1', question, choices, onchoose } },
  { title: 'One chosen', props: { name: 'e2', question, choices, value: 1, onchoose } },
];
