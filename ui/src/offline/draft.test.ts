// Goal: what is half filled in survives a closed tab, cannot be read in the database, and goes when
// its account goes.
import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onShelf } from './database';

const words = 'the heron by the lock';
type Drafts = typeof import('./draft');

/** The page opened anew: it knows only what lies in the database. */
async function freshTab(account = 'a'): Promise<Drafts> {
  vi.resetModules();
  const drafts = await import('./draft');
  await drafts.openDrafts(account);
  return drafts;
}
const shelf = (): Promise<unknown[]> =>
  onShelf<unknown[]>('drafts', 'readonly', (store) => store.getAll());

beforeEach(async () => {
  vi.stubGlobal('crypto', webcrypto);
  for (const each of ['drafts', 'keys'] as const) {
    await onShelf(each, 'readwrite', (store) => store.clear());
  }
});
afterEach(() => vi.unstubAllGlobals());

describe('a draft', () => {
  it('is there at once, and in a new tab', async () => {
    const { Draft } = await freshTab();
    const stored = new Draft<string>('a', 'x').write(words);
    expect(new Draft<string>('a', 'x').read()).toBe(words);
    await stored;
    const after = await freshTab();
    expect(new after.Draft<string>('a', 'x').read()).toBe(words);
  });

  it('cannot be read in the database', async () => {
    const { Draft } = await freshTab();
    await new Draft<string>('a', 'x').write(words);
    const [found] = (await shelf()) as { sealed: ArrayBuffer }[];
    expect(Object.keys(found!).sort()).toEqual(['iv', 'sealed']);
    expect(new TextDecoder().decode(found!.sealed)).not.toContain('heron');
  });

  it('lies open without a secure connection, rather than be lost', async () => {
    vi.stubGlobal('crypto', {});
    const { Draft } = await freshTab();
    await new Draft<string>('a', 'x').write(words);
    const after = await freshTab();
    expect(new after.Draft<string>('a', 'x').read()).toBe(words);
  });

  it('is what was written last, however fast', async () => {
    const { Draft } = await freshTab();
    const draft = new Draft<number>('a', 'x');
    await Promise.all([1, 2, 3, 4, 5].map((n) => draft.write(n)));
    const after = await freshTab();
    expect(new after.Draft<number>('a', 'x').read()).toBe(5);
  });

  it('is gone once it is dropped, also while it is on its way', async () => {
    const { Draft } = await freshTab();
    const draft = new Draft<string>('a', 'x');
    void draft.write(words);
    await draft.drop();
    expect(draft.read()).toBeUndefined();
    expect(await shelf()).toEqual([]);
  });

  it('is not found by another account, and does not stay for it', async () => {
    const { Draft } = await freshTab();
    await new Draft<string>('a', 'x').write(words);
    const other = await freshTab('b');
    expect(new other.Draft<string>('b', 'x').read()).toBeUndefined();
    expect(await shelf()).toEqual([]);
  });

  it('does not outlive the sign-out, also while it is on its way', async () => {
    const { Draft, dropDrafts } = await freshTab();
    void new Draft<string>('a', 'x').write(words);
    await dropDrafts();
    expect(await shelf()).toEqual([]);
  });

  it('of the version before is taken over and lies open no more', async () => {
    const before = { 'evenkeel.draft.a.x': JSON.stringify(words), other: '1' };
    vi.stubGlobal('localStorage', {
      ...before,
      getItem: (key: keyof typeof before) => before[key],
      removeItem(key: keyof typeof before) {
        delete (this as Partial<typeof before>)[key];
      },
    });
    const { Draft } = await freshTab();
    expect(new Draft<string>('a', 'x').read()).toBe(words);
    expect(Object.keys(localStorage)).not.toContain('evenkeel.draft.a.x');
  });
});
