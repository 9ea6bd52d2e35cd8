// Writing a relapse plan: kept as a draft with each letter, sent on top of the version it was made
// from. Where somebody else was faster, both versions stay in sight.
import { api } from '../../api/client';
import { newId } from '../../api/id';
import { NoNetwork, Problem } from '../../api/problem';
import type { Id, RelapsePlan, RelapsePlanView } from '../../api/types';
import { Draft } from '../../offline/draft';
import { zoneInUse } from '../../time/clock';
import { t } from '../../words/index';
import { faultsOf, tidy, withOpenLines } from '../RelapsePlanView/parts';

interface Begun {
  plan: RelapsePlan;
  from?: Id; // the version it was made from
}

export class PlanForm {
  plan = $state<RelapsePlan>(withOpenLines(undefined));
  faults = $state<Record<string, string>>({});
  busy = $state(false);
  edited = $state(false);
  /** What somebody else saved meanwhile. */
  newer = $state.raw<RelapsePlan | undefined>();
  #from: Id | undefined;
  #last: { id: Id; said: string } | undefined;
  readonly #draft: Draft<Begun>;
  readonly #path: string;

  constructor(account: Id, person: Id) {
    this.#draft = new Draft<Begun>(account, `relapse_plan.${person}`);
    this.#path = `/api/people/${encodeURIComponent(person)}`;
    this.again();
  }

  /** What was begun before, if anything was. */
  again(): void {
    const begun = this.#draft.read();
    this.edited = begun !== undefined;
    if (!begun) return;
    this.plan = begun.plan;
    this.#from = begun.from;
  }

  /** The version that stands; it is shown unless something was begun. */
  arrived(kept: RelapsePlanView): void {
    if (this.edited) return;
    this.plan = withOpenLines(kept.plan);
    this.#from = kept.entry;
  }

  changed(): void {
    this.edited = true;
    void this.#draft.write({
      plan: $state.snapshot(this.plan),
      ...(this.#from ? { from: this.#from } : {}),
    });
  }

  leave(): void {
    void this.#draft.drop();
    this.edited = false;
    this.newer = undefined;
    this.faults = {};
  }

  async save(): Promise<boolean> {
    const plan = $state.snapshot(this.plan);
    const words = {
      sign: t('signs.sign.missing'),
      days: t('signs.lead_days.wrong'),
      event: t('signs.event.missing'),
      name: t('edit.name.missing'),
    };
    this.faults = Object.fromEntries(
      faultsOf(plan).map(({ field, kind }) => [field, words[kind]]),
    );
    if (Object.keys(this.faults).length > 0 || this.busy) return false;
    this.busy = true;
    try {
      await this.#send(tidy(plan));
      this.leave();
      return true;
    } catch (error) {
      await this.#refused(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #send(body: RelapsePlan): Promise<void> {
    const said = JSON.stringify([body, this.#from]);
    if (this.#last?.said !== said) this.#last = { id: newId(), said };
    const now = new Date().toISOString();
    await api.post(`${this.#path}/entries`, {
      id: this.#last.id,
      kind: 'relapse_plan',
      effective_at: now,
      sent_at: now,
      zone: zoneInUse(),
      ...(this.#from ? { supersedes: this.#from } : {}),
      body,
    });
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof NoNetwork) {
      this.faults = { form: t('signs.notSent') };
      return;
    }
    if (!(error instanceof Problem)) throw error;
    if (error.status !== 409) {
      this.faults = { form: error.faults.map(({ message }) => message).join(' ') || error.message };
      return;
    }
    const kept = await api.get<RelapsePlanView>(`${this.#path}/relapse-plan`);
    this.newer = kept.plan;
    this.#from = kept.entry;
    this.faults = { form: t('signs.conflict') };
    this.changed();
  }
}
