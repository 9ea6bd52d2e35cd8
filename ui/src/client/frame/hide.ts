// "Hide quickly": the screen is empty at once, then a plain page of notes takes its place, and Back
// leads to that page again and not here. The steps of this app lie below it in the history, so the
// way is: back to the first of them, replace it, and let the notes page cut off what lies ahead.
// A slow browser may replace before it has gone back; session/hidden.ts guards what then remains.
import { notes, rememberHidden } from '../../session/hidden';

export function hideQuickly(): void {
  rememberHidden();
  document.body.replaceChildren();
  document.title = 'Notes';
  const depth = stepsTaken();
  const leave = () => location.replace(notes);
  if (depth === 0) return leave();
  addEventListener('popstate', leave, { capture: true, once: true });
  history.go(-depth);
  // A browser may refuse to go back; then at least this step is replaced.
  setTimeout(leave, 400);
}

function stepsTaken(): number {
  const state: unknown = history.state;
  if (typeof state === 'object' && state && 'step' in state) return Number(state.step) || 0;
  return 0;
}
