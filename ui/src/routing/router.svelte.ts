// The address is the state: which screen, which person, which span of time.
// A screen is found by matching the path; everything that can be shared or gone back to is in
// the URL.

interface Place {
  path: string;
  query: URLSearchParams;
}

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

let place = $state.raw<Place>(
  typeof location === 'undefined' ? { path: '/', query: new URLSearchParams() } : here(),
);

export const route = {
  get path(): string {
    return place.path;
  },
  get query(): URLSearchParams {
    return place.query;
  },
};

/** The values of `pattern` ("/people/:person") in `path`, or undefined if it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split('/');
  const have = path.replace(/\/+$/, '').split('/');
  if (path === '/') have.length = 2;
  if (path === '/') have[1] = '';
  if (want.length !== have.length) return undefined;
  const values: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const value = have[i] ?? '';
    if (part.startsWith(':')) {
      if (value === '') return undefined;
      values[part.slice(1)] = decode(value);
    } else if (part !== value) {
      return undefined;
    }
  }
  return values;
}

/** Back inside the app if it has a step to go back to, else to `otherwise`. */
export function goBack(otherwise: string): void {
  const state: unknown = history.state;
  const deep = typeof state === 'object' && state && 'step' in state && Number(state.step) > 0;
  if (deep) history.back();
  else go(otherwise, { replace: true });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface GoOptions {
  replace?: boolean; // leaves no way back to where we were
  keepPlace?: boolean; // the same screen in another state: neither scroll nor focus moves
}

export function go(to: string, { replace = false, keepPlace = false }: GoOptions = {}): void {
  // The number of steps taken in this app, so that "Hide quickly" knows how far back it began.
  const state: unknown = history.state;
  const step = typeof state === 'object' && state && 'step' in state ? Number(state.step) : 0;
  if (replace) history.replaceState({ step }, '', to);
  else history.pushState({ step: step + 1 }, '', to);
  arrive(keepPlace);
}

function arrive(keepPlace: boolean): void {
  const before = place.path + place.query.toString();
  place = here();
  if (keepPlace || before === place.path + place.query.toString()) return;
  scrollTo(0, 0);
  focusHeading();
}

/** After a change of screen a screen reader starts at the heading, as it would on a new page. */
export function focusHeading(): void {
  const left = document.activeElement;
  const until = performance.now() + 3000; // a screen may still be on its way
  const look = (): void => {
    const heading = document.querySelector<HTMLElement>('main h1');
    const now = document.activeElement;
    // Someone who has moved on meanwhile is not called back.
    if (now !== left && now !== document.body) return;
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    } else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Makes plain links into steps of this app. Called once, by the entry. */
export function followLinks(): void {
  addEventListener('popstate', () => arrive(false));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || !isStepOfThisApp(link)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

// The server's own pages: they work without this script and must not be drawn by it.
const serverPages = [/^\/help$/, /^\/api\//, /^\/livez$/, /^\/readyz$/];

function isStepOfThisApp(link: HTMLAnchorElement): boolean {
  if (link.target || link.hasAttribute('download')) return false;
  if (link.origin !== location.origin) return false;
  if (link.getAttribute('href')?.startsWith('#')) return false;
  return !serverPages.some((page) => page.test(link.pathname));
}
