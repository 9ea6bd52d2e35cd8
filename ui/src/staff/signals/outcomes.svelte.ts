// Outcomes being written, one for each signal, in the memory of this page only. They survive the
// dialog being closed, never the page.
import type { Action, AreaLook, Day, Id, NewEntry, SupportFinding } from '../../api/types';

export type Judgement = 'right' | 'wrong' | 'unknown';

export class Outcome {
  action = $state<Action | undefined>();
  text = $state('');
  judgement = $state<Judgement | undefined>();
  lookAgainOn = $state<Day>('');
  /** Of the support tool, where the signal opens one. */
  areas = $state.raw<string[]>([]);
  looks = $state<Record<string, AreaLook>>({});
  plan = $state<SupportFinding['outcome'] | undefined>();

  get support(): SupportFinding {
    const areas = this.areas.map((area) => ({ area, look: this.looks[area]! }));
    return { areas, outcome: this.plan! };
  }
}

class Outcomes {
  readonly #begun = new Map<Id, Outcome>();
  readonly #sending = new Map<Id, NewEntry>();

  of(signal: Id): Outcome {
    const found = this.#begun.get(signal) ?? new Outcome();
    this.#begun.set(signal, found);
    return found;
  }

  /** The entry to send: the same id again while its content is the same, else a new one. */
  entry(signal: Id, make: () => NewEntry): NewEntry {
    const fresh = make();
    const before = this.#sending.get(signal);
    const same =
      before?.kind === fresh.kind && JSON.stringify(before.body) === JSON.stringify(fresh.body);
    const entry = same ? before : fresh;
    this.#sending.set(signal, entry);
    return entry;
  }

  forget(signal: Id): void {
    this.#begun.delete(signal);
    this.#sending.delete(signal);
  }
}

export const outcomes = new Outcomes();
