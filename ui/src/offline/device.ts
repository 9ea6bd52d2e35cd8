// Database of this browser and whose it is. On a device marked "mine" the account, the safety plan
// and what is due stay after the tab is closed; on any other nothing personal outlives a sign-out.
import type { Id, Me } from '../api/types';

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

const owner = 'me';
type Kept = 'safety_plan' | 'today' | 'due_instrument';
const keyOf = (account: Id, what: Kept) => `${account}.${what}`;

/** After a sign-in: this account's device if it is "mine", and nobody else's any more. */
export async function settleDevice(me: Me): Promise<void> {
  try {
    const before = await keptDevice();
    if (!me.device_is_mine || (before && before.account !== me.account)) {
      await onShelf('kept', 'readwrite', (store) => store.clear());
    }
    if (me.device_is_mine && me.role === 'client') {
      await onShelf('kept', 'readwrite', (store) => store.put(me, owner));
    }
  } catch {
    // A browser without storage works, with a network only.
  }
}

export async function keptDevice(): Promise<Me | undefined> {
  return read<Me>(owner);
}

/** Keeps a value for use without a network, on devices marked "mine" only. */
export async function keep(me: Me, what: Kept, value: unknown): Promise<boolean> {
  if (!me.device_is_mine) return false;
  try {
    const key = keyOf(me.account, what);
    await onShelf('kept', 'readwrite', (store) => store.put(value, key));
    return true;
  } catch {
    return false;
  }
}

export async function kept<T>(me: Me, what: Kept): Promise<T | undefined> {
  return read<T>(keyOf(me.account, what));
}

async function read<T>(key: string): Promise<T | undefined> {
  try {
    return (await onShelf<unknown>('kept', 'readonly', (store) => store.get(key))) as T | undefined;
  } catch {
    return undefined;
  }
}

export async function forgetDevice(): Promise<void> {
  for (const shelf of ['kept', 'queue'] as const) {
    await onShelf(shelf, 'readwrite', (store) => store.clear()).catch(() => undefined);
  }
}
