// The database of this browser. What lies in it is sealed with a key that the browser keeps and
// gives out to nobody; SAFETY.md says what that is worth. Without a secure connection there is no
// such key: then it lies open, rather than be lost.

const name = 'evenkeel';
const version = 3;

export type Shelf = 'kept' | 'queue' | 'drafts' | 'keys';
const shelves: Shelf[] = ['kept', 'queue', 'drafts', 'keys'];

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const shelf of shelves) {
        if (request.result.objectStoreNames.contains(shelf)) continue;
        request.result.createObjectStore(shelf, shelf === 'queue' ? { keyPath: 'entry.id' } : {});
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One transaction on one shelf; resolves when it is durable, not when it is asked for. */
export async function onShelf<T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(shelf, mode);
      const request = act(transaction.objectStore(shelf));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Empties every shelf; the key goes first, so that what is left behind cannot be read. */
export async function clearShelves(): Promise<void> {
  for (const shelf of [...shelves].reverse()) {
    await onShelf(shelf, 'readwrite', (store) => store.clear()).catch(() => undefined);
  }
}

const algorithm = 'AES-GCM';
const keyName = 'seal';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

const readKey = (): Promise<CryptoKey | undefined> =>
  onShelf<CryptoKey | undefined>('keys', 'readonly', (store) => store.get(keyName));

/** The key as it came back from the shelf: one that is not kept would seal for ever. */
async function sealingKey(): Promise<CryptoKey | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  try {
    const kept = await readKey();
    if (kept) return kept;
    const usages: KeyUsage[] = ['encrypt', 'decrypt'];
    const key = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, usages);
    // Another tab may have been first: its key stays.
    await onShelf('keys', 'readwrite', (store) => store.add(key, keyName)).catch(() => undefined);
    return await readKey();
  } catch {
    return undefined;
  }
}

/** `value` as it may lie on a shelf; `beside` stays readable, for the shelf's own key. */
export async function seal(value: unknown, beside: object = {}): Promise<unknown> {
  const text = JSON.stringify(value);
  const key = await sealingKey();
  if (!key) return JSON.parse(text) as unknown;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(text);
  const sealed = await crypto.subtle.encrypt({ name: algorithm, iv }, key, bytes);
  return { ...beside, iv, sealed };
}

/** What was sealed, or lay open; undefined if the key is gone. */
export async function unseal<T>(found: unknown): Promise<T | undefined> {
  if (!isSealed(found)) return found as T | undefined;
  try {
    const key = await readKey();
    if (!key) return undefined;
    const { iv, sealed } = found;
    const bytes = await crypto.subtle.decrypt({ name: algorithm, iv }, key, sealed);
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    return undefined;
  }
}

function isSealed(found: unknown): found is Sealed {
  return typeof found === 'object' && found !== null && 'sealed' in found && 'iv' in found;
}
