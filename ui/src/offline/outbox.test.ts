// Goal: nothing written is lost, doubled or silently dropped, whatever the network does.
// Method: the real IndexedDB interface (fake-indexeddb), a server that is a map of id -> content.
import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoNetwork, Problem } from '../api/problem';
import type { Id, NewEntry, Written } from '../api/types';
import { onShelf } from './database';
import { forgetDevice } from './device';
import { Outbox } from './outbox.svelte';

const owner = { account: 'a', person: 'p', zone: 'Europe/London' };
const body = { hard: true, visible_to: 'me' as const };

class Server {
  entries = new Map<Id, string>();
  calls: NewEntry[] = [];
  mode: 'up' | 'down' | 'answers_get_lost' | 'signed_out' | 'broken' | 'refuses' = 'up';

  receive = async (_person: Id, entry: NewEntry): Promise<Written> => {
    this.calls.push(entry);
    if (this.mode === 'down') throw new NoNetwork();
    if (this.mode === 'signed_out') throw new Problem(401, {});
    if (this.mode === 'broken') throw new Problem(500, {});
    if (this.mode === 'refuses') throw new Problem(422, { detail: 'Mood is out of range.' });
    const { sent_at: _sent, ...content } = entry;
    const text = JSON.stringify(content);
    const before = this.entries.get(entry.id);
    if (before !== undefined && before !== text) throw new Problem(409, { detail: 'Other.' });
    this.entries.set(entry.id, text);
    if (this.mode === 'answers_get_lost') throw new NoNetwork();
    const show = { help: false, offer: [] };
    return { id: entry.id, seq: this.entries.size, recorded_at: '', show };
  };
}

let server: Server;
async function freshTab(): Promise<Outbox> {
  const outbox = new Outbox(server.receive);
  await outbox.belongTo(owner);
  return outbox;
}

beforeEach(async () => {
  await forgetDevice();
  server = new Server();
});

describe('the outbox', () => {
  it('sends at once when there is a network', async () => {
    const outcome = await (await freshTab()).write({ kind: 'check_in', body });
    expect(outcome.state).toBe('sent');
    expect(server.entries.size).toBe(1);
  });

  it('keeps what could not be sent, and a new tab sends it with the same id', async () => {
    server.mode = 'down';
    const before = await freshTab();
    const { id, state } = await before.write({ kind: 'check_in', body });
    expect(state).toBe('waiting');
    expect(before.waiting.length).toBe(1);
    server.mode = 'up';
    const after = await freshTab();
    expect([...server.entries.keys()]).toEqual([id]);
    expect(after.waiting).toEqual([]);
  });

  it('does not double an entry whose answer got lost on the way back', async () => {
    server.mode = 'answers_get_lost';
    const outbox = await freshTab();
    await outbox.write({ kind: 'check_in', body });
    server.mode = 'up';
    await outbox.flush();
    await outbox.flush();
    expect(server.entries.size).toBe(1);
    expect(outbox.waiting).toEqual([]);
    expect(outbox.refused).toEqual([]);
  });

  it('keeps the content the same on each try and says anew when it was sent', async () => {
    server.mode = 'down';
    const outbox = await freshTab();
    await outbox.write({ kind: 'check_in', body });
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.mode = 'up';
    await outbox.flush();
    const [first, second] = server.calls;
    expect(second!.id).toBe(first!.id);
    expect(second!.effective_at).toBe(first!.effective_at);
    expect(second!.sent_at > first!.sent_at).toBe(true);
  });

  it('sends in the order of writing', async () => {
    server.mode = 'down';
    const outbox = await freshTab();
    const first = await outbox.write({ kind: 'check_in', body });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const about = { about: first.id, thoughts: 'no' as const };
    const second = await outbox.write({ kind: 'hard_day_answer', body: about });
    server.mode = 'up';
    await outbox.flush();
    expect([...server.entries.keys()]).toEqual([first.id, second.id]);
  });

  it('keeps and tells what the server refuses, and lets the next one through', async () => {
    const outbox = await freshTab();
    server.mode = 'refuses';
    const outcome = await outbox.write({ kind: 'check_in', body });
    expect(outcome.state).toBe('refused');
    expect(outbox.refused[0]?.refused).toEqual({ status: 422, why: 'Mood is out of range.' });
    server.mode = 'up';
    expect((await outbox.write({ kind: 'check_in', body })).state).toBe('sent');
    expect(server.entries.size).toBe(1);
    expect(outbox.refused.length).toBe(1);
    await outbox.retry(outcome.id);
    expect(server.entries.size).toBe(2);
    expect(outbox.refused).toEqual([]);
  });

  it('keeps both when the server has something else under the id', async () => {
    server.mode = 'down';
    const outbox = await freshTab();
    const { id } = await outbox.write({ kind: 'check_in', body });
    server.entries.set(id, 'something else');
    server.mode = 'up';
    await outbox.flush();
    expect(server.entries.get(id)).toBe('something else');
    expect(outbox.refused[0]?.refused?.status).toBe(409);
    expect(outbox.refused[0]?.entry.body).toEqual(body);
  });

  it('waits while the session has run out or the server is at fault', async () => {
    for (const mode of ['signed_out', 'broken'] as const) {
      server.mode = mode;
      const outbox = await freshTab();
      await outbox.write({ kind: 'check_in', body });
      expect(outbox.refused).toEqual([]);
      server.mode = 'up';
      await outbox.flush();
      expect(outbox.waiting).toEqual([]);
    }
    expect(server.entries.size).toBe(2);
  });

  it('never sends what another account wrote on this device', async () => {
    server.mode = 'down';
    await (await freshTab()).write({ kind: 'check_in', body });
    server.mode = 'up';
    const other = new Outbox(server.receive);
    await other.belongTo({ ...owner, account: 'b', person: 'q' });
    expect(server.entries.size).toBe(0);
    expect(other.waiting).toEqual([]);
  });

  it('does not double when written and flushed at the same moment', async () => {
    const outbox = await freshTab();
    const writes = Array.from({ length: 8 }, () => outbox.write({ kind: 'check_in', body }));
    await Promise.all([...writes, outbox.flush(), outbox.flush()]);
    expect(server.entries.size).toBe(8);
    expect(server.calls.length).toBe(8);
  });

  it('says "waiting" in time when the network takes a request and never answers', async () => {
    const silent = new Outbox(() => new Promise(() => undefined));
    void silent.belongTo(owner);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await silent.write({ kind: 'check_in', body }, 30)).state).toBe('waiting');
  });
});

describe('what waits', () => {
  const words = 'the heron by the lock';
  const row = (): Promise<unknown> =>
    onShelf('queue', 'readonly', (store) => store.getAll()).then(([first]) => first as unknown);
  afterEach(() => vi.unstubAllGlobals());

  it('cannot be read in the database, and its key cannot be taken out', async () => {
    vi.stubGlobal('crypto', webcrypto);
    server.mode = 'down';
    await (await freshTab()).write({ kind: 'contact_request', body: { text: words } });
    const found = (await row()) as { sealed: ArrayBuffer };
    expect(Object.keys(found).sort()).toEqual(['entry', 'iv', 'sealed']);
    expect(new TextDecoder().decode(found.sealed)).not.toContain('heron');
    const [key] = await onShelf<CryptoKey[]>('keys', 'readonly', (store) => store.getAll());
    await expect(webcrypto.subtle.exportKey('raw', key!)).rejects.toThrow();
    server.mode = 'up';
    await freshTab();
    expect([...server.entries.values()][0]).toContain(words);
  });

  it('lies open without a secure connection, rather than be lost', async () => {
    const random = { getRandomValues: webcrypto.getRandomValues.bind(webcrypto) };
    vi.stubGlobal('crypto', random);
    server.mode = 'down';
    await (await freshTab()).write({ kind: 'contact_request', body: { text: words } });
    expect(JSON.stringify(await row())).toContain(words);
    server.mode = 'up';
    await freshTab();
    expect(server.entries.size).toBe(1);
  });

  it('is kept by a tab of the version before, and sent by this one', async () => {
    const entry = { id: '1', kind: 'check_in', effective_at: '', zone: 'UTC', body };
    const open = { account: owner.account, person: owner.person, entry };
    await onShelf('queue', 'readwrite', (store) => store.put(open));
    await freshTab();
    expect([...server.entries.keys()]).toEqual(['1']);
  });
});

describe('signing out', () => {
  it('leaves nothing on the shelf', async () => {
    server.mode = 'down';
    await (await freshTab()).write({ kind: 'check_in', body });
    await forgetDevice();
    expect(await onShelf('keys', 'readonly', (store) => store.count())).toBe(0);
    server.mode = 'up';
    await freshTab();
    expect(server.entries.size).toBe(0);
  });
});
