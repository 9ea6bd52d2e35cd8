// Two things about the built page that need the finished list of files:
//  - the service worker's list of what to keep for use without a network, and
//  - links in index.html that fetch the client's first screen in the same round as the entry,
// so that
//    nothing waits for script to ask for more.
import type { Plugin, Rollup } from 'vite';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const keepMark = '__KEEP_FILES__';
const versionMark = '__KEEP_VERSION__';

type Bundle = Rollup.OutputBundle;

function chunks(bundle: Bundle): Rollup.OutputChunk[] {
  return Object.values(bundle).filter((file) => file.type === 'chunk');
}

/** Every file a chunk needs before it can run: itself, its imports, its styles. */
function closure(bundle: Bundle, start: string, seen = new Set<string>()): Set<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  const file = bundle[start];
  if (file?.type !== 'chunk') return seen;
  for (const next of file.imports) closure(bundle, next, seen);
  for (const style of file.viteMetadata?.importedCss ?? []) seen.add(style);
  return seen;
}

/** The client's files: all that is reachable from the entry without entering src/staff. */
function clientFiles(bundle: Bundle): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const file = bundle[name];
    if (file?.type !== 'chunk' || found.has(name)) return;
    if (file.facadeModuleId?.includes('/src/staff/')) return;
    for (const each of closure(bundle, name)) {
      const inner = bundle[each];
      found.add(each);
      if (inner?.type === 'chunk') inner.dynamicImports.forEach(visit);
    }
  };
  chunks(bundle)
    .filter((file) => file.isEntry && file.name !== 'sw')
    .forEach((file) => visit(file.fileName));
  return [...found].sort();
}

export function keepFiles(): Plugin {
  return {
    name: 'evenkeel-keep-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = chunks(bundle).find((file) => file.name === 'sw');
      if (!worker) return;
      if (worker.imports.length > 0) this.error('The service worker must stand alone.');
      const files = clientFiles(bundle).map((name) => `/${name}`);
      const page = bundle['index.html'];
      const text = page?.type === 'asset' ? String(page.source) : '';
      const digest = createHash('sha256').update(files.join('\n')).update(text);
      const version = digest.update(worker.code).digest('hex').slice(0, 12);
      worker.code = worker.code
        .replace(JSON.stringify(keepMark), JSON.stringify(files))
        .replace(versionMark, version);
    },
  };
}

// Compressed, over the wire, with its page and styles: what a phone waits for on a slow network.
const largestFirstScreen = 60_000; // bytes
// The same of any one screen of staff, with the frame around it.
const largestStaffScreen = 112_000; // bytes

function weight(bundle: Bundle, names: Iterable<string>): number {
  return [...names].reduce((sum, name) => {
    const file = bundle[name];
    return sum + gzipSync(file?.type === 'chunk' ? file.code : (file?.source ?? '')).length;
  }, 0);
}

/** Stops the build when a screen outgrows its budget. */
export function screenBudgets(): Plugin {
  return {
    name: 'evenkeel-screen-budgets',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const all = chunks(bundle);
      const named = (name: string) => all.find((file) => file.name === name);
      const [index, client, staff] = ['index', 'Client', 'Staff'].map(named);
      if (!index || !client || !staff) return;
      const check = (what: string, largest: number, ...files: Rollup.OutputChunk[]): void => {
        const names = new Set(files.flatMap((file) => [...closure(bundle, file.fileName)]));
        const bytes = weight(bundle, [...names, 'index.html']);
        if (bytes > largest) this.error(`${what} is ${bytes} bytes, over ${largest}.`);
        console.log(`${what}: ${bytes} bytes compressed, in ${names.size + 1} files`);
      };
      check('first client screen', largestFirstScreen, index, client);
      for (const file of all) {
        const screen = /\/src\/staff\/\w+\/(\w+)\.svelte$/.exec(file.facadeModuleId ?? '')?.[1];
        if (screen) check(`staff screen ${screen}`, largestStaffScreen, index, staff, file);
      }
    },
  };
}

export function firstScreenInOneRound(): Plugin {
  return {
    name: 'evenkeel-first-screen',
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const bundle = context.bundle;
        const first = bundle && chunks(bundle).find((file) => file.name === 'Client');
        if (!bundle || !first) return [];
        const entry = chunks(bundle).find((file) => file.isEntry && file.name === 'index');
        const already = entry ? closure(bundle, entry.fileName) : new Set<string>();
        return [...closure(bundle, first.fileName)]
          .filter((name) => !already.has(name))
          .map((name) =>
            name.endsWith('.css')
              ? { rel: 'preload', as: 'style', crossorigin: '', href: `/${name}` }
              : { rel: 'modulepreload', crossorigin: '', href: `/${name}` },
          )
          .map((attrs) => ({ tag: 'link', injectTo: 'head' as const, attrs }));
      },
    },
  };
}
