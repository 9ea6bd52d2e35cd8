import type { Example } from '../../examples/example';
import { enStaff } from '../../words/en_staff';
import { addWords } from '../../words/index';
import CloseSignal from './CloseSignal.svelte';
import { notOnTrack, now, signal } from './fixture';

addWords(enStaff);
const nothing = (): void => undefined;
const shared = { about: { now, pronoun: 'she' }, onclose: nothing, ondone: nothing, inline: true };
export const component = CloseSignal;
export const examples: Example<Record<string, unknown>>[] = [
  { title: 'A signal that was seen', width: 'desktop', props: { signal, ...shared } },
  {
    title: 'Not seen yet, on a phone',
    props: {
      signal: { ...signal, id: 'other', state: 'raised', steps: signal.steps.slice(0, 1) },
      ...shared,
    },
  },
  {
    title: 'Not on track, with the support tool',
    width: 'desktop',
    props: { signal: notOnTrack, ...shared },
  },
];
