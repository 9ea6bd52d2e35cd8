// Database of this browser and who it belongs to. On a device marked "mine" the account and the
// safety plan stay after the tab is closed; on any other nothing personal outlives the sign-out.
import type { Me } from '../api/types';

const name = 'evenkeel';
const version = 1;

export type Shelf = 'kept' | 'queue';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kept'); // key -> value
      request.result.createObjectStore('queue', { keyPath: 'entry.id' });
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

export async function keepDevice(me: Me): Promise<void> {
  await onShelf('kept', 'readwrite', (store) => store.put(me, 'me')).catch(() => undefined);
}

export async function keptDevice(): Promise<Me | undefined> {
  try {
    const me = await onShelf<unknown>('kept', 'readonly', (store) => store.get('me'));
    return me as Me | undefined;
  } catch {
    return undefined;
  }
}

export async function forgetDevice(): Promise<void> {
  for (const shelf of ['kept', 'queue'] as const) {
    await onShelf(shelf, 'readwrite', (store) => store.clear()).catch(() => undefined);
  }
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('evenkeel.draft.')) localStorage.removeItem(key);
    }
  } catch {
    // Storage refused: then nothing was kept either.
  }
}
