// What a component's examples.ts exports: `component` and `examples`.
// The same list is its documentation, the fixture of its tests and its axe run.
export interface Example<Props = Record<string, unknown>> {
  title: string; // says what the state is, in words
  props: Props;
  // the room it gets on the page of examples; phone if absent
  width?: 'phone' | 'panel' | 'desktop';
}
