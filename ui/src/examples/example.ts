// What a folder's examples.ts exports: `component` and `examples`; and its screen_examples.ts, if
// it holds a screen: `screen` and `examples`. The same list is its documentation, the fixture of
// its tests and its axe run.
import type { Answer } from '../../dev/route';

export interface Example<Props = Record<string, unknown>> {
  title: string; // says what the state is, in words
  props: Props;
  // the room it gets on the page of examples; phone if absent
  width?: 'phone' | 'panel' | 'desktop';
}

/** A screen stands on a page of its own. What it fetches, the fixtures of dev/ say. */
export interface ScreenExample<Props = Record<string, unknown>> {
  title: string;
  props?: Props;
  as?: string; // the sign-in address of whoever looks; a therapist's if absent
  bare?: true; // without the rail
  query?: string; // of the address, "edit=yes"
  answers?: Record<string, Answer>; // by path, where the fixtures say something else
}
