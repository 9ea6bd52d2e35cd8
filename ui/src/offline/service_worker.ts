// Keeps the app and the help page for use without a network. It keeps no person's data: what is
// personal lies in the page's own database and goes with the sign-out.
// Stands alone (no imports), so that it is a plain script in every browser.
declare const self: ServiceWorkerGlobalScope;

// Both are replaced by build/page_assets.ts with what the build made.
const files = '__KEEP_FILES__' as unknown as string[];
const shelf = 'evenkeel-__KEEP_VERSION__';

const pages = [
  '/',
  '/help',
  '/notes.html',
  '/mark.svg',
  '/manifest.webmanifest',
  '/api/service',
];
const patience = 3000; // ms before a kept page is shown in place of one that does not come

// A file has one copy here, whatever a proxy says it varies by.
const sameCopy = { ignoreVary: true };

self.addEventListener('install', (event) => {
  event.waitUntil(fill());
});

async function fill(): Promise<void> {
  const cache = await caches.open(shelf);
  await cache.addAll(files);
  // A page the server does not have yet must not stop the rest from being kept.
  await Promise.allSettled(pages.map((page) => cache.add(new Request(page, { cache: 'reload' }))));
}

self.addEventListener('activate', (event) => {
  event.waitUntil(clear());
});

async function clear(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('evenkeel-') && name !== shelf);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (url.pathname.startsWith('/api/')) return;
    event.respondWith(networkFirst(request, pages.includes(url.pathname) ? url.pathname : '/'));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(keptFirst(request));
  } else if (url.pathname === '/api/service' || url.pathname.startsWith('/api/instruments/')) {
    event.respondWith(networkFirst(request, url.pathname));
  } else if (pages.includes(url.pathname)) {
    event.respondWith(keptFirst(request));
  }
});

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request, sameCopy)) ?? fetch(request);
}

/** From the network if it answers in time, else the copy under `key`; every good answer is kept. */
async function networkFirst(request: Request, key: string): Promise<Response> {
  const cache = await caches.open(shelf);
  const fresh = fetch(request).then(async (response) => {
    if (response.ok && !response.redirected) await cache.put(key, response.clone());
    return response;
  });
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience));
  const first = await Promise.race([fresh.catch(() => undefined), late]);
  const gatewayDown = first !== undefined && [502, 503, 504].includes(first.status);
  if (first && !gatewayDown) return first;
  return (await cache.match(key, sameCopy)) ?? fresh;
}

export {};
