// Theme and language of this browser: read before the first drawing, changed from More.
import { pseudoLocale, textDirection } from '../words/index';

export type Theme = 'system' | 'light' | 'dark';
const themeKey = 'evenkeel.theme';

export function chosenTheme(): Theme {
  const kept = read(localStorage, themeKey);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(themeKey);
  else localStorage.setItem(themeKey, theme);
  applyTheme();
}

export function applyTheme(): void {
  const theme = chosenTheme();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function applyLanguage(): void {
  document.documentElement.lang = pseudoLocale() ?? 'en';
  document.documentElement.dir = textDirection();
}

// A browser may refuse storage altogether (private windows, policy); nothing here is worth
// failing for.
function read(store: Storage, key: string): string | null {
  try {
    return store.getItem(key);
  } catch {
    return null;
  }
}
