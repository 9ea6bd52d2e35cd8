import type { Example } from '../../examples/example';
import { courseOf } from '../CourseChart/fixture';
import Spark from './Spark.svelte';

const of = (totals: (number | undefined)[]) => {
  const { scores, data_until, min, max } = courseOf(totals);
  return { scores, until: data_until, scale: { min, max } };
};
export const component = Spark;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'A course with a gap', props: of([18, 17, undefined, 16, 17]) },
  { title: 'One score', props: of([11]) },
  { title: 'No score: nothing drawn', props: of([]) },
];
