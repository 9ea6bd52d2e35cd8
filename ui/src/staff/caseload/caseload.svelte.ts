// The caseload, shared by its page, the rail and the glance (which goes to the next person).
import { api } from '../../api/client';
import type { Caseload, Row, Tier } from '../../api/types';
import { Resource } from '../fetching/resource.svelte';

/** Tiers in which somebody should look today. */
export const needsALook: Tier[] = ['safety', 'asked', 'not_on_track', 'worse', 'silent'];

class CaseloadState {
  #fetched = $state.raw(new Resource(() => api.get<Caseload>('/api/caseload')));

  get data(): Caseload | undefined {
    return this.#fetched.value;
  }
  get failure(): unknown {
    return this.#fetched.failure;
  }
  get now(): Date {
    return this.data ? new Date(this.data.as_of) : this.#fetched.at;
  }
  get people(): Row[] {
    return this.data?.tiers.flatMap((tier) => tier.people) ?? [];
  }
  get signalCount(): number {
    return this.people.filter((row) => row.signal).length;
  }

  load(): Promise<void> {
    return this.#fetched.load();
  }

  /** After signing out nothing of it stays in the memory of the page. */
  forget(): void {
    this.#fetched = new Resource(() => api.get<Caseload>('/api/caseload'));
  }

  tierOf(person: string): Tier | undefined {
    return this.data?.tiers.find((tier) => tier.people.some((row) => row.person === person))?.tier;
  }

  /** The person before (-1) or after (+1) in the order of need; the ends are ends. */
  beside(person: string | undefined, step: 1 | -1): Row | undefined {
    const all = this.people;
    const at = all.findIndex((row) => row.person === person);
    if (at < 0) return all[0];
    return all[at + step];
  }
}

export const caseload = new CaseloadState();
