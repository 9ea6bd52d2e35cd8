import type { Example } from '../../examples/example';
import { enWatch } from '../../words/en_watch';
import { addWords } from '../../words/index';
import CareSummary from './CareSummary.svelte';
import { summary } from './fixture';

addWords(enWatch);
const change = 'Lower than when you began, 17 then and 4 now. That is more than chance.';
const { discharge: _, discharged_at: __, watch_until: ___, ...running } = summary;
export const component = CareSummary;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'After discharge', props: { summary, change } },
  {
    title: 'While care goes on',
    props: { summary: { ...running, has_relapse_plan: false }, change },
  },
];
