// What is half filled in, kept for this account in this browser until it is sent: a closed tab, an
// expired session or an empty battery loses nothing. Synchronous, so that each answer is saved as
// it is given.
import type { Id } from '../api/types';

const prefix = 'evenkeel.draft.';

export class Draft<T> {
  private readonly key: string;

  constructor(account: Id, name: string) {
    this.key = `${prefix}${account}.${name}`;
  }

  read(): T | undefined {
    try {
      const text = localStorage.getItem(this.key);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  }

  write(value: T): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  drop(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Storage refused: then nothing was kept either.
    }
  }
}

/** Of everyone, or of everyone but one account. */
export function dropDrafts(except?: Id): void {
  const own = except === undefined ? undefined : `${prefix}${except}.`;
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix) || (own && key.startsWith(own))) continue;
      localStorage.removeItem(key);
    }
  } catch {
    // As above.
  }
}
