import type { Example } from '../../examples/example';
import CallDock from './CallDock.svelte';

export const component = CallDock;
export const examples: Example[] = [
  {
    title: 'A line and an emergency number',
    props: {
      contacts: [
        { name: 'Emergency', number: '112', kind: 'emergency' },
        { name: 'Crisis line', number: '01632 960 000', kind: 'line' },
      ],
    },
  },
  { title: 'No numbers on this phone', props: { contacts: [] } },
];
