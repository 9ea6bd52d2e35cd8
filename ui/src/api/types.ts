// What the server and the screens agree on, by the names under which the screens know it. The
// shapes are made from the API document of the server: schema.ts.
import type { NewEntry as AnyEntry, PostPeoplePersonEntries } from './schema';

export type {
  Accounts, AccountView as Account, Action, AdviceView as Advice, Answers, AreaLook,
  AssessmentView as Assessment, Caseload, CheckIn, Course, Covers, CoverView as Cover,
  CrisisContact, Day, DischargeSummary, Duties, EffectView as Effect, EmergencyAnswer,
  EpisodeTerms, Escalation, FactorOffer, FactView as Fact, FindingView as Finding, Glance, Id,
  Instant, InstrumentView as Instrument, InvitationView as Invitation, Invited, Look, Looked, Me,
  NewAccountView as NewAccount, OptionView as Option, OrganisationSet as Organisation,
  PlanItemView as PlanItem, PlanVersions, PlanVersionView as PlanVersion, PlanView, ReferralMove,
  ReferralStep, ReferralView as Referral, RelapsePlan, RelapsePlanView, Role, Row,
  RuleView as Rule, SafetyPerson, SafetyPlan, Sentence, Service, ServiceDay, Signals,
  SignalView as Signal, SignIn, StepTaken, SupportFinding, SupportTool, Tier, Today, ToldBy,
  TreatmentPlanView as TreatmentPlan, Visibility, WaitingList, WaitingRow, WaitView as Wait, Why,
  Wish, Written,
} from './schema';

/** What each kind of entry says. */
export type Bodies = {
  [Entry in PostPeoplePersonEntries as Entry['kind']]: Entry['body'];
};
export type Kind = keyof Bodies;
export interface NewEntry<K extends Kind = Kind> extends Omit<AnyEntry, 'kind' | 'body'> {
  kind: K;
  body: Bodies[K];
}
