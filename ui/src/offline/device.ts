// Whose device this is. On a device marked "mine" the account, the safety plan and what is due stay
// after the tab is closed; on any other nothing personal outlives a sign-out.
import type { Id, Me } from '../api/types';
import { clearShelves, onShelf, seal, unseal } from './database';

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
      const sealed = await seal(me);
      await onShelf('kept', 'readwrite', (store) => store.put(sealed, owner));
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
    const sealed = await seal(value);
    await onShelf('kept', 'readwrite', (store) => store.put(sealed, key));
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
    return await unseal<T>(await onShelf<unknown>('kept', 'readonly', (store) => store.get(key)));
  } catch {
    return undefined;
  }
}

export async function forgetDevice(): Promise<void> {
  await clearShelves();
}
