// What every small form of staff needs: faults, "on its way", and one id for one thing said.
import { NoNetwork, Problem } from '../../api/problem';
import type { Bodies, Id, Kind, NewEntry } from '../../api/types';
import { t } from '../../words/index';
import { draft, send } from './write';

/** An error of a request as faults of a form; errors of our own are thrown again. */
export function faultsOf(error: unknown): Record<string, string> {
  if (error instanceof NoNetwork) return { form: t('signal.noNetwork') };
  if (!(error instanceof Problem)) throw error;
  const said = error.faults.map((fault) => fault.message).join(' ') || error.message;
  return { form: `${t('state.error')} ${said}` };
}

export class EntryForm {
  faults = $state<Record<string, string>>({});
  busy = $state(false);
  #last: NewEntry | undefined;

  /** Sends if there is no fault. The same content again keeps its id: a retry writes once. */
  async send<K extends Kind>(person: Id, kind: K, body: () => Bodies[K]): Promise<boolean> {
    if (Object.keys(this.faults).length > 0) return false;
    const fresh = draft(kind, body()) as NewEntry;
    const same = JSON.stringify(this.#last?.body) === JSON.stringify(fresh.body);
    this.#last = same && this.#last ? this.#last : fresh;
    this.busy = true;
    try {
      await send(person, this.#last);
      return true;
    } catch (error) {
      this.faults = faultsOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
