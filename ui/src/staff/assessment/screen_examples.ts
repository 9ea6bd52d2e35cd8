import { personId } from '../../../dev/staff/people';
import type { ScreenExample } from '../../examples/example';
import Assessment from './Assessment.svelte';

const person = personId(0);
export const screen = Assessment;
export const examples: ScreenExample[] = [
  { title: 'Some of it known, and a clinician reviews the plan first', props: { person } },
];
