import { personId } from '../../../dev/staff/people';
import { summary } from '../../components/CareSummary/fixture';
import type { ScreenExample } from '../../examples/example';
import Discharge from './Discharge.svelte';

const person = personId(0);
const at = `/api/people/${person}`;
const { discharge: _, discharged_at: __, watch_until: ___, ...running } = summary;
const care = {
  missing: ['The relapse plan needs an agreed step for each level.'],
  name: 'Owen Pryce',
  reference: 'EK-20789',
  therapist: 'Dr Lee',
  phase: 'care',
  named_reader: true,
};
export const screen = Discharge;
export const examples: ScreenExample[] = [
  { title: 'In the watch, with the summary', props: { person } },
  {
    title: 'Before discharge; the plan is not complete',
    props: { person },
    answers: {
      [`${at}/relapse-plan`]: { status: 200, body: care },
      [`${at}/discharge-summary`]: { status: 200, body: running },
    },
  },
];
