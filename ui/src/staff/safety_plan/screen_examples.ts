import { personId } from '../../../dev/staff/people';
import type { ScreenExample } from '../../examples/example';
import SafetyPlanPage from './SafetyPlanPage.svelte';

const person = personId(0);
const path = `/api/people/${person}/safety-plan`;
export const screen = SafetyPlanPage;
export const examples: ScreenExample[] = [
  { title: 'A plan in the person’s own words', props: { person } },
  { title: 'Being changed together', props: { person }, query: 'edit=yes' },
  { title: 'No plan yet', props: { person }, answers: { [path]: { status: 200, body: {} } } },
];
