import type { Example } from '../../examples/example';
import ScoreChart from './ScoreChart.svelte';

const start = Date.parse('2026-08-31T09:00:00Z');
function scores(totals: (number | undefined)[], weeks = totals.map((_, i) => i)) {
  return totals.map((total, i) => ({
    entry: `${i}`,
    at: new Date(start + weeks[i]! * 7 * 86_400_000).toISOString(),
    ...(total === undefined ? {} : { total }),
    prorated: i === 2,
  }));
}
const course = {
  title: 'Questionnaire score (PHQ-9)',
  min: 0,
  max: 27,
  direction: 'lower_is_better',
  bands: [
    { from: 0, to: 4, name: 'minimal' },
    { from: 5, to: 9, name: 'mild' },
    { from: 10, to: 14, name: 'moderate' },
    { from: 15, to: 19, name: 'moderately severe' },
    { from: 20, to: 27, name: 'severe' },
  ],
  chance: { points: 6, source: 'NHS rule' },
  data_until: '2026-11-23T09:00:00Z',
};
const falling = scores(
  [17, 18, 16, 16, 14, 15, 13, 12, 11, 10, 10],
  [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 12],
);

export const component = ScoreChart;
export const examples: Example[] = [
  {
    title: 'Eleven answers, two gaps',
    props: { id: 'c1', course: { ...course, scores: falling } },
  },
  { title: 'One answer', props: { id: 'c2', course: { ...course, scores: scores([9]) } } },
  {
    title: 'Rising to the limit of the scale, one answer without a score',
    props: { id: 'c3', course: { ...course, scores: scores([20, 23, undefined, 27]) } },
  },
  {
    title: 'Higher is better, chance not known',
    props: {
      id: 'c4',
      course: {
        ...course,
        title: 'Well-being (WHO-5)',
        max: 100,
        direction: 'higher_is_better',
        bands: [
          { from: 0, to: 28, name: 'low' },
          { from: 29, to: 50, name: 'below usual' },
          { from: 51, to: 100, name: 'usual' },
        ],
        chance: undefined,
        scores: scores([24, 32, 48, 60]),
      },
    },
  },
];
