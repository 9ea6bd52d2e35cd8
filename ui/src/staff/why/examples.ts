import type { Example } from '../../examples/example';
import { enStaff } from '../../words/en_staff';
import { addWords } from '../../words/index';
import { now, signal } from '../signals/fixture';
import { ofSignal } from './explanation';
import WhyDrawer from './WhyDrawer.svelte';

addWords(enStaff);
const nothing = (): void => undefined;
export const component = WhyDrawer;
export const examples: Example<Record<string, unknown>>[] = [
  {
    title: 'Why a signal was raised',
    props: {
      explanation: ofSignal(signal, { now, pronoun: 'she' }),
      onclose: nothing,
      oncloseSignal: nothing,
      inline: true,
    },
  },
];
