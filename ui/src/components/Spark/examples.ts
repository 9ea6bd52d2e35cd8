import type { Example } from '../../examples/example';
import { courseOf } from '../CourseChart/fixture';
import Spark from './Spark.svelte';

const of = (totals: (number | null)[]) => {
  const { scores, data_until } = courseOf(totals);
  return { scores, until: data_until };
};
export const component = Spark;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'A course with a gap', props: of([18, 17, null, 16, 17]) },
  { title: 'One score', props: of([11]) },
  { title: 'No score: nothing drawn', props: of([]) },
];
