import { createRawSnippet } from 'svelte';
import type { Example } from '../../examples/example';
import Dialog from './Dialog.svelte';

const children = createRawSnippet(() => ({ render: () => '<p>What it asks stands here.</p>' }));
const onclose = (): void => undefined;

export const component = Dialog;
export const examples: Example[] = [
  {
    title: 'With the person it concerns',
    width: 'desktop',
    props: {
      title: 'What was done about this?',
      about: 'Ruth Adeyemi. Answer about risk.',
      onclose,
      children,
      inline: true,
    },
  },
];
