import { personId } from '../../../dev/staff/people';
import type { ScreenExample } from '../../examples/example';
import Options from './Options.svelte';

const person = personId(0);
export const screen = Options;
export const examples: ScreenExample[] = [
  { title: 'Recommendations that hold, with reasons', props: { person } },
  {
    title: 'Too little is known',
    props: { person },
    answers: {
      [`/api/people/${person}/advice`]: {
        status: 200,
        body: { as_of: '2026-11-24T10:00:00.000Z', rules: [], undecided: [], would_change: [] },
      },
    },
  },
];
