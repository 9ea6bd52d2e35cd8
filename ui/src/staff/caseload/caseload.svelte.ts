// The caseload, shared by its page, the rail and the glance (which goes to the next person).
import { api } from '../../api/client';
import type { Caseload, Row, Tier } from '../../api/types';
import { Resource } from '../fetching/resource.svelte';

/** Tiers in which somebody should look today. */
export const needsALook: Tier[] = [
  'safety', 'asked', 'opened', 'not_on_track', 'worse', 'worth_a_look', 'silent',
];

class CaseloadState {
  #fetched = $state.raw(new Resource(() => api.get<Caseload>('/api/caseload')));

  #walk: string[] = [];

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
    this.endWalk();
    this.#fetched = new Resource(() => api.get<Caseload>('/api/caseload'));
  }

  tierOf(person: string): Tier | undefined {
    return this.data?.tiers.find((tier) => tier.people.some((row) => row.person === person))?.tier;
  }

  /**
   * A walk from glance to glance keeps the order that it began with: closing a signal moves the
   * person, and the next would be somebody far down the list.
   */
  walkFrom(person: string): void {
    if (!this.data || this.#walk.includes(person)) return;
    this.#walk = this.people.map((row) => row.person);
  }
  endWalk(): void {
    this.#walk = [];
  }

  /** The person before (-1) or after (+1) on the walk; the ends are ends. */
  beside(person: string, step: 1 | -1): Row | undefined {
    const there = new Map(this.people.map((row) => [row.person, row]));
    const at = this.#walk.indexOf(person);
    if (at < 0) return this.people[0];
    const ahead = step > 0 ? this.#walk.slice(at + 1) : this.#walk.slice(0, at).reverse();
    return ahead.map((id) => there.get(id)).find((row) => row !== undefined);
  }
}

export const caseload = new CaseloadState();
