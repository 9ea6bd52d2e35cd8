import type { Course } from '../../api/types';
import type { Example } from '../../examples/example';
import { enStaff } from '../../words/en_staff';
import { addWords } from '../../words/index';
import CourseChart from './CourseChart.svelte';
import { courseOf } from './fixture';

addWords(enStaff);
const gap = courseOf([18, 17, 17, undefined, 16, 17, 18, 19, 18, 17]);
const { chance: _, ...unknown } = courseOf([14, 12, 15]);
const ontable = (): void => undefined;

interface Props extends Record<string, unknown> {
  course: Course;
}
export const component = CourseChart;
export const examples: Example<Props>[] = [
  { title: 'Ten weeks with a gap', width: 'desktop', props: { course: gap, ontable } },
  {
    title: 'The same as a table',
    width: 'desktop',
    props: { course: gap, table: true, ontable },
  },
  { title: 'In a panel', width: 'panel', props: { course: gap, height: 190, compact: true } },
  { title: 'No threshold known', width: 'desktop', props: { course: unknown } },
  { title: 'One score', width: 'panel', props: { course: courseOf([11]), compact: true } },
  { title: 'No score yet', width: 'panel', props: { course: courseOf([]) } },
];
