import type { Course } from '../../api/types';
import type { Example } from '../../examples/example';
import CourseChart from './CourseChart.svelte';
import { courseOf } from './fixture';

const weeks = courseOf([18, 17, 17, undefined, 16, 17, 18, 19, 18, 17]);
const estimated = {
  ...weeks,
  scores: weeks.scores.map((score, i) => ({ ...score, prorated: i === 5 })),
};
const { chance: _, ...unknown } = courseOf([24, 32, 48, 60]);
const wellbeing: Course = {
  ...unknown,
  title: 'WHO-5',
  max: 100,
  direction: 'higher_is_better',
  bands: [
    { from: 0, to: 28, name: 'low' },
    { from: 29, to: 50, name: 'below usual' },
    { from: 51, to: 100, name: 'usual' },
  ],
};
const ontable = (): void => undefined;

interface Props extends Record<string, unknown> {
  course: Course;
}
export const component = CourseChart;
export const examples: Example<Props>[] = [
  { title: 'Ten weeks with a gap', width: 'desktop', props: { course: weeks, ontable } },
  { title: 'The same on a phone, one estimated', props: { course: estimated, ontable } },
  { title: 'The same as a table', props: { course: estimated, table: true, ontable } },
  {
    title: 'The last four weeks of it',
    props: { course: weeks, from: weeks.scores[6]!.at, ontable },
  },
  { title: 'In a panel', width: 'panel', props: { course: weeks, height: 180 } },
  { title: 'Rising to the limit of the scale', props: { course: courseOf([20, 23, 24, 27]) } },
  { title: 'Higher is better, no threshold known', props: { course: wellbeing } },
  { title: 'One score', width: 'panel', props: { course: courseOf([0]), height: 180 } },
  { title: 'No score yet', width: 'panel', props: { course: courseOf([]) } },
];
