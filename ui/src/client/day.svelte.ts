// What the client's screens know about today: from the server, or from this device without one.
import { api } from '../api/client';
import { NoNetwork, Problem } from '../api/problem';
import type { Answers, Instrument, Me, PlanView, Today } from '../api/types';
import { keep, kept } from '../offline/device';
import { outbox } from '../offline/sending';
import { dayOf } from '../time/clock';
import { t } from '../words/index';
import { hoursInWords } from './hours';

/** Name and reference, for the head of the printed page, come from the server only. */
export type KeptPlan = Partial<PlanView>;

class ClientDay {
  today = $state.raw<Today | undefined>();
  plan = $state.raw<KeptPlan | undefined>();
  planIsKept = $state(false);
  state = $state<'loading' | 'fresh' | 'kept' | 'none' | 'error'>('loading');

  /** Fetches today, the plan and what is due, so that all three are there without a network. */
  async load(me: Me): Promise<void> {
    await Promise.all([this.loadToday(me), this.loadPlan(me)]);
  }

  async loadToday(me: Me): Promise<void> {
    try {
      this.today = await api.get<Today>('/api/today');
      this.state = 'fresh';
      await keep(me, 'today', this.today);
      if (this.today.questionnaire) await this.instrument(me, this.today.questionnaire.instrument);
    } catch (error) {
      const before = this.today ?? (await kept<Today>(me, 'today'));
      this.today = before && ofThisDay(before);
      if (this.today) this.state = 'kept';
      else this.state = error instanceof NoNetwork ? 'none' : 'error';
      if (!(error instanceof NoNetwork || error instanceof Problem)) throw error;
    }
  }

  async loadPlan(me: Me): Promise<void> {
    const before = await kept<KeptPlan>(me, 'safety_plan');
    if (before) {
      this.plan = before;
      this.planIsKept = true;
    }
    try {
      const fresh = await api.get<KeptPlan>(`/api/people/${me.person}/safety-plan`);
      await this.usePlan(me, fresh);
    } catch (error) {
      if (!(error instanceof NoNetwork || error instanceof Problem)) throw error;
    }
  }

  /** Signed out by time on a device marked "mine": only what this device has. */
  async loadKeptPlan(owner: Me): Promise<void> {
    this.plan = await kept<KeptPlan>(owner, 'safety_plan');
    this.planIsKept = this.plan !== undefined;
  }

  async usePlan(me: Me, plan: KeptPlan): Promise<void> {
    this.plan = plan;
    this.planIsKept = await keep(me, 'safety_plan', plan);
  }

  /** The questions of an instrument; without a network from what was kept when they came due. */
  async instrument(me: Me, id: string): Promise<Instrument | undefined> {
    try {
      const fresh = await api.get<Instrument>(`/api/instruments/${encodeURIComponent(id)}`);
      await keep(me, 'due_instrument', fresh);
      return fresh;
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error;
      const before = await kept<Instrument>(me, 'due_instrument');
      return before?.id === id ? before : undefined;
    }
  }

  /** Something was said today, whether or not it has reached the server. */
  get checkedIn(): boolean {
    return Boolean(this.today?.checked_in) || this.waitsToday();
  }

  private waitsToday(): boolean {
    const now = dayOf(new Date());
    const taken = new Set(outbox.waiting.map((each) => each.entry.supersedes));
    return outbox.waiting.some(
      ({ entry }) =>
        entry.kind === 'check_in' && dayOf(entry.effective_at) === now && !taken.has(entry.id),
    );
  }

  /** The questionnaire to answer now; none while its answers are on their way. */
  get due(): Today['questionnaire'] {
    const due = this.today?.questionnaire;
    if (!due) return undefined;
    const onTheWay = outbox.waiting.some(
      ({ entry }) =>
        entry.kind === 'answers' && (entry.body as Answers).instrument === due.instrument,
    );
    return onTheWay ? undefined : due;
  }

  /** The name for "who reads this"; without a known one the team as a whole. */
  get reader(): string {
    return this.today?.watching.reader ?? t('who.myTeam');
  }
  /** False only where it is known that nobody reads. */
  get isRead(): boolean {
    return this.today?.watching.named ?? true;
  }
  get readingHours(): string | undefined {
    return hoursInWords(this.today?.watching.hours ?? []);
  }
}

// Yesterday's copy still knows the next meeting, but not whether today was talked about.
function ofThisDay(today: Today): Today {
  if (today.day === dayOf(new Date())) return today;
  return { ...today, day: dayOf(new Date()), checked_in: false, hard_today: false };
}

export const day = new ClientDay();
