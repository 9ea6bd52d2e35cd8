// After "Hide quickly" no step back in this tab opens the app again; an address that is typed or
// chosen does.
export const notes = '/notes.html';
const key = 'evenkeel.hidden';

export function rememberHidden(): void {
  try {
    sessionStorage.setItem(key, 'yes');
  } catch {
    // Storage refused: the history alone has to do.
  }
}

/** True if this page was come back to and must not be drawn: the notes take its place. */
export function staysHidden(): boolean {
  // A page that the browser had kept alive comes back without starting again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && isHidden()) location.replace(notes);
  });
  if (!isHidden()) return false;
  const [navigation] = performance.getEntriesByType('navigation');
  if ((navigation as PerformanceNavigationTiming | undefined)?.type === 'back_forward') {
    location.replace(notes);
    return true;
  }
  sessionStorage.removeItem(key);
  return false;
}

function isHidden(): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
