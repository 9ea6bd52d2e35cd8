// The own treatment plan, fetched for its screens; what is written goes by the outbox.
import { api } from '../../api/client';
import { NoNetwork, Problem } from '../../api/problem';
import type { Advice, Me, TreatmentPlan } from '../../api/types';

export class OwnPlan {
  plan = $state.raw<TreatmentPlan | undefined>();
  advice = $state.raw<Advice | undefined>();
  trouble = $state(false);
  readonly #at: string;

  constructor(me: Me) {
    this.#at = `/api/people/${me.person}`;
  }

  async load(withAdvice = false): Promise<void> {
    try {
      this.plan = await api.get<TreatmentPlan>(`${this.#at}/plan`);
      if (withAdvice) this.advice = await api.get<Advice>(`${this.#at}/advice`);
      this.trouble = false;
    } catch (error) {
      this.trouble = true;
      if (!(error instanceof NoNetwork || error instanceof Problem)) throw error;
    }
  }
}
