import { createRawSnippet } from 'svelte';
import type { Example } from '../../examples/example';
import Drawer from './Drawer.svelte';

const children = createRawSnippet(() => ({
  render: () => '<div><h3>The rule</h3><p>What the rule says.</p></div>',
}));
const onclose = (): void => undefined;

export const component = Drawer;
export const examples: Example[] = [
  {
    title: 'Why am I seeing this?',
    width: 'desktop',
    props: { title: 'Why am I seeing this?', close: 'Close', onclose, children, inline: true },
  },
];
