// Every folder that has examples, and the addresses at which they are looked at.
import type { Component } from 'svelte';
import type { Example, ScreenExample } from './example';

type Shown = Component<Record<string, unknown>>;
interface OfComponent {
  component: Shown;
  examples: Example[];
}
interface OfScreen {
  screen: Shown;
  examples: ScreenExample[];
}
type Named<T> = T & { name: string };

/** Each with the name of its folder, in its order. */
function named<T>(found: Record<string, T>): Named<T>[] {
  return Object.entries(found)
    .map(([path, folder]) => ({ ...folder, name: path.split('/').at(-2) ?? path }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export const components = named(
  import.meta.glob<OfComponent>('../**/examples.ts', { eager: true }),
);
export const screens = named(
  import.meta.glob<OfScreen>('../**/screen_examples.ts', { eager: true }),
);

export const addressOf = (
  { name }: Named<OfScreen>,
  { query }: ScreenExample,
  i: number,
): string => `?screen=${name}&example=${i}${query ? `&${query}` : ''}`;
