// Entries on their way to the server. Each is stored in this browser before it is sent, and goes
// away only when the server has it: a closed tab loses nothing, and since the id is made once here,
// a retry writes nothing twice. What the server refuses is kept and told, never dropped.
import { SvelteMap } from 'svelte/reactivity';
import { newId } from '../api/id';
import { NoNetwork, Problem } from '../api/problem';
import type { Bodies, Id, Kind, NewEntry, Written } from '../api/types';
import { onShelf, seal, unseal } from './database';

export type Unsent = Omit<NewEntry, 'sent_at'>;

export interface Pending {
  account: Id;
  person: Id;
  entry: Unsent;
  refused?: { status: number; why: string };
}

export interface Outcome {
  id: Id;
  state: 'sent' | 'waiting' | 'refused';
  written?: Written;
}

export interface Writing<K extends Kind> {
  kind: K;
  body: Bodies[K];
  supersedes?: Id;
  at?: Date; // when it was true, if that is not now
  id?: Id; // if the writer has to know it before this returns
}

type Send = (person: Id, entry: NewEntry) => Promise<Written>;

export class Outbox {
  waiting = $state.raw<Pending[]>([]);
  refused = $state.raw<Pending[]>([]);

  private owner: { account: Id; person: Id; zone: string } | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private readonly sent = new SvelteMap<Id, Written>();
  // Only used where the browser refuses storage; it lives as long as the page.
  private readonly memory = new Map<Id, Pending>();

  constructor(private readonly send: Send) {}

  async belongTo(owner: { account: Id; person: Id; zone: string }): Promise<void> {
    this.owner = owner;
    await this.recount();
    await this.flush();
  }

  leave(): void {
    this.owner = undefined;
    this.memory.clear();
    this.waiting = [];
    this.refused = [];
  }

  /** Stores, then tries to send. Resolves with what is known after `patience` at the latest. */
  async write<K extends Kind>(writing: Writing<K>, patience = 4000): Promise<Outcome> {
    if (!this.owner) throw new Error('nobody to write for');
    const entry: Unsent = {
      id: writing.id ?? newId(),
      kind: writing.kind,
      effective_at: (writing.at ?? new Date()).toISOString(),
      zone: this.owner.zone,
      body: writing.body,
      ...(writing.supersedes ? { supersedes: writing.supersedes } : {}),
    };
    const { account, person } = this.owner;
    await this.put({ account, person, entry });
    await this.recount();
    const late = new Promise<void>((resolve) => setTimeout(resolve, patience));
    await Promise.race([this.flush(), late]);
    return this.outcome(entry.id);
  }

  /** Where an entry written on this page is now; a screen that reads it follows it. */
  outcome(id: Id): Outcome {
    const written = this.sent.get(id);
    if (written) return { id, state: 'sent', written };
    const refused = this.refused.some((pending) => pending.entry.id === id);
    return { id, state: refused ? 'refused' : 'waiting' };
  }

  /** Sends everything that waits, oldest first; one run at a time, also across tabs. */
  flush(): Promise<void> {
    this.again = true;
    this.running ??= this.alone(() => this.run()).finally(() => {
      this.running = undefined;
      // Something was written after the last look and before this end.
      if (this.again) void this.flush();
    });
    return this.running;
  }

  private async alone(work: () => Promise<void>): Promise<void> {
    const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
    await (locks ? locks.request('evenkeel.outbox', work) : work());
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (const pending of await this.mine()) {
        if (pending.refused) continue;
        if (!(await this.sendOne(pending))) break;
      }
      await this.recount();
    }
  }

  /** False if there is no point in trying the next one now. */
  private async sendOne(pending: Pending): Promise<boolean> {
    try {
      const sent_at = new Date().toISOString();
      const written = await this.send(pending.person, { ...pending.entry, sent_at });
      this.sent.set(pending.entry.id, written);
      await this.remove(pending.entry.id);
      return true;
    } catch (error) {
      if (error instanceof NoNetwork) return false;
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401 || error.status === 429) return false;
      // A fault of the server's own may pass; the next entry may still get through.
      if (error.status >= 500) return true;
      await this.put({ ...pending, refused: { status: error.status, why: error.message } });
      return true;
    }
  }

  async retry(id: Id): Promise<void> {
    const pending = this.refused.find((each) => each.entry.id === id);
    if (!pending) return;
    const { refused: _was, ...again } = pending;
    await this.put(again);
    await this.flush();
  }

  async drop(id: Id): Promise<void> {
    await this.remove(id);
    await this.recount();
  }

  private async mine(): Promise<Pending[]> {
    const owner = this.owner;
    if (!owner) return [];
    const stored = await onShelf('queue', 'readonly', (store) => store.getAll()).catch(() => []);
    const found = await Promise.all(stored.map((each) => unseal<Pending>(each)));
    return [...found, ...this.memory.values()]
      .filter((pending) => pending !== undefined)
      .filter((pending) => pending.account === owner.account)
      .sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  }

  private async put(pending: Pending): Promise<void> {
    try {
      const row = await seal(pending, { entry: { id: pending.entry.id } });
      await onShelf('queue', 'readwrite', (store) => store.put(row));
    } catch {
      this.memory.set(pending.entry.id, pending);
    }
  }

  private async remove(id: Id): Promise<void> {
    this.memory.delete(id);
    await onShelf('queue', 'readwrite', (store) => store.delete(id)).catch(() => undefined);
  }

  private async recount(): Promise<void> {
    const all = await this.mine();
    this.waiting = all.filter((pending) => !pending.refused);
    this.refused = all.filter((pending) => pending.refused);
  }
}
