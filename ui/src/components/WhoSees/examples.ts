import type { Example } from '../../examples/example';
import WhoSees from './WhoSees.svelte';

const onchange = () => undefined;
export const component = WhoSees;
export const examples: Example[] = [
  { title: 'The team sees it', props: { visible: 'care_team', reader: 'Dr Lee', onchange } },
  { title: 'Nobody else', props: { visible: 'me', reader: 'Dr Lee', onchange } },
];
