import { personId } from '../../../dev/staff/people';
import type { ScreenExample } from '../../examples/example';
import Glance from './Glance.svelte';

const nobodyYet = 14; // of the fixtures: no score
export const screen = Glance;
export const examples: ScreenExample[] = [
  { title: 'An answer about risk, and a chart with a gap', props: { person: personId(0) } },
  { title: 'The scores as a table', props: { person: personId(0) }, query: 'scores=table' },
  { title: 'No threshold known', props: { person: personId(3) } },
  { title: 'Nothing answered yet', props: { person: personId(nobodyYet) } },
  { title: 'Not this person’s clinician', props: { person: 'NOT-MINE' } },
];
