import { personId } from '../../../dev/staff/people';
import type { ScreenExample } from '../../examples/example';
import RelapsePlanPage from './RelapsePlanPage.svelte';

const person = personId(0);
const path = `/api/people/${person}/relapse-plan`;
const none = {
  missing: ['The relapse plan needs at least one early sign. Write it together.'],
  name: 'Nadia Rahman',
  reference: 'EK-20851',
  therapist: 'Dr Lee',
  phase: 'care',
  named_reader: true,
};
export const screen = RelapsePlanPage;
export const examples: ScreenExample[] = [
  { title: 'A plan in the person’s own words', props: { person } },
  { title: 'Being changed together', props: { person }, query: 'edit=yes' },
  { title: 'No plan yet', props: { person }, answers: { [path]: { status: 200, body: none } } },
];
