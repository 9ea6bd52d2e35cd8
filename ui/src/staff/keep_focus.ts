// When what had the focus is gone (a signal was closed and left its list), reading goes on at the
// heading of the page instead of nowhere.
import { tick } from 'svelte';
import { focusHeading } from '../routing/router.svelte';

export async function keepFocus(): Promise<void> {
  await tick();
  if (document.activeElement === document.body || !document.activeElement) focusHeading();
}
