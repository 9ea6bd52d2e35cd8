// What is half filled in, kept for this account in this browser until it is sent: a closed tab, an
// expired session or an empty battery loses nothing. It lies sealed, as what waits to be sent does.
// Sealing takes a moment, so the drafts of whoever signs in are read once: screens read and write
// at once, and each change is stored behind them, in order.
import type { Id } from '../api/types';
import { onShelf, seal, unseal } from './database';

const held = new Map<string, string>(); // JSON by key, of the account that is signed in
const changed = new Set<string>(); // keys that the shelf does not have yet
let owner: Id | undefined;
let opening: Promise<void> = Promise.resolve();
let storing: Promise<void> = Promise.resolve();

// Two tabs are one person: what is sent from one is no draft in the other any more.
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('drafts');
if (tabs) {
  tabs.onmessage = ({ data }: MessageEvent<{ key: string; text?: string }>) => {
    if (owner === undefined || !data.key.startsWith(`${owner}.`)) return;
    if (data.text === undefined) held.delete(data.key);
    else held.set(data.key, data.text);
  };
}

export class Draft<T> {
  private readonly key: string;

  constructor(account: Id, name: string) {
    this.key = `${account}.${name}`;
  }

  read(): T | undefined {
    const text = held.get(this.key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  /** Resolves when it would survive a closed tab, if the browser has storage. */
  write(value: T): Promise<void> {
    const text = JSON.stringify(value);
    held.set(this.key, text);
    return changeTo(this.key, text);
  }

  drop(): Promise<void> {
    held.delete(this.key);
    return changeTo(this.key);
  }
}

function changeTo(key: string, text?: string): Promise<void> {
  tabs?.postMessage({ key, text });
  changed.add(key);
  storing = storing.then(store);
  return storing;
}

async function store(): Promise<void> {
  for (const key of [...changed]) {
    changed.delete(key);
    const text = held.get(key);
    try {
      const sealed = text === undefined ? undefined : await seal(text);
      // Meanwhile it may have changed, or everything may have been dropped.
      if (held.get(key) !== text) continue;
      if (sealed === undefined) await onShelf('drafts', 'readwrite', (shelf) => shelf.delete(key));
      else await onShelf('drafts', 'readwrite', (shelf) => shelf.put(sealed, key));
    } catch {
      // A browser without storage: a draft lives as long as its page.
    }
  }
}

/** Reads what this account left half filled in, and drops what any other did. */
export function openDrafts(account: Id): Promise<void> {
  if (owner !== account) {
    held.clear();
    owner = account;
    opening = readAll(`${account}.`).catch(() => undefined);
  }
  return opening;
}

async function readAll(own: string): Promise<void> {
  await storing; // of whoever was here before
  takeFromBefore(own);
  const keys = await onShelf('drafts', 'readonly', (shelf) => shelf.getAllKeys());
  for (const key of keys.map(String)) {
    const found = await onShelf<unknown>('drafts', 'readonly', (shelf) => shelf.get(key));
    const text = key.startsWith(own) ? await unseal<string>(found) : undefined;
    if (text === undefined) await onShelf('drafts', 'readwrite', (shelf) => shelf.delete(key));
    else held.set(key, text);
  }
}

/** Versions before this one kept drafts open in localStorage. */
function takeFromBefore(own: string): void {
  const prefix = 'evenkeel.draft.';
  for (const each of Object.keys(globalThis.localStorage ?? {})) {
    if (!each.startsWith(prefix)) continue;
    const [key, text] = [each.slice(prefix.length), localStorage.getItem(each)];
    localStorage.removeItem(each);
    if (!key.startsWith(own) || text === null) continue;
    held.set(key, text);
    void changeTo(key, text);
  }
}

/** Of everyone; what is on its way to the shelf does not arrive there later. */
export async function dropDrafts(): Promise<void> {
  held.clear();
  changed.clear();
  owner = undefined;
  await storing;
  await onShelf('drafts', 'readwrite', (shelf) => shelf.clear()).catch(() => undefined);
}
