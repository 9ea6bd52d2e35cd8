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

/** What the server names by a pointer stands at the field of that name, "/email": "email-id". */
export function byField(error: unknown, fields: Record<string, string>): Record<string, string> {
  if (!(error instanceof Problem)) return faultsOf(error);
  const found: Record<string, string> = {};
  for (const { where, message } of error.faults) {
    const field = fields[where.replace(/^(\/body)+(?=\/)/, '')];
    if (field) found[field] = message;
    else found['form'] = [found['form'], message].filter(Boolean).join(' ');
  }
  if (error.faults.length === 0) found['form'] = `${t('state.error')} ${error.message}`;
  return found;
}

export class EntryForm {
  /** What the server said to the last sending, if it refused it. */
  problem: Problem | undefined;
  faults = $state<Record<string, string>>({});
  busy = $state(false);
  #last: NewEntry | undefined;

  /** `fields`: pointer ("/goal") to id of the field; without them a refusal is of the form. */
  constructor(private readonly fields?: Record<string, string>) {}

  /** Sends if there is no fault. The same content again keeps its id: a retry writes once. */
  async send<K extends Kind>(person: Id, kind: K, body: () => Bodies[K]): Promise<boolean> {
    if (Object.keys(this.faults).length > 0) return false;
    const fresh = draft(kind, body()) as NewEntry;
    const same = JSON.stringify(this.#last?.body) === JSON.stringify(fresh.body);
    this.#last = same && this.#last ? this.#last : fresh;
    this.busy = true;
    this.problem = undefined;
    try {
      await send(person, this.#last);
      return true;
    } catch (error) {
      if (error instanceof Problem) this.problem = error;
      this.faults = this.fields ? byField(error, this.fields) : faultsOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
