import { personId } from '../../../dev/staff/people';
import type { ScreenExample } from '../../examples/example';
import Treatment from './Treatment.svelte';

const person = personId(0);
const path = `/api/people/${person}/plan`;
const nothing = { items: [], preferences: [], team: [], options: [], measures: [] };
const empty = { version: 0, by: '', ...nothing };
export const screen = Treatment;
export const examples: ScreenExample[] = [
  { title: 'A plan that the person agreed to', props: { person } },
  { title: 'A new goal', props: { person }, query: 'edit=new' },
  { title: 'Versions side by side', props: { person }, query: 'versions=yes' },
  { title: 'No plan yet', props: { person }, answers: { [path]: { status: 200, body: empty } } },
];
