// What the server and the screens agree on, by the names under which the screens know it. The
// shapes are made from the API document of the server: schema.ts.
import type { NewEntry as AnyEntry, PostPeoplePersonEntries } from './schema';

export type {
  AccountView as Account, Accounts, Action, AdviceView as Advice, Answers,
  AssessmentView as Assessment, Caseload, CheckIn, Course, CoverView as Cover, Covers,
  CrisisContact, Day,
  Duties, EmergencyAnswer, EpisodeTerms, Escalation, FactorOffer, FindingView as Finding, Glance,
  Id, Instant, InstrumentView as Instrument, InvitationView as Invitation, Invited, Look, Looked,
  Me, NewAccountView as NewAccount, OrganisationSet as Organisation, PlanView, Role, Row,
  SafetyPerson, SafetyPlan, Sentence, Service, ServiceDay, SignalView as Signal, Signals, SignIn,
  Tier, Today, TreatmentPlanView as TreatmentPlan, Visibility, Why, Written,
  EffectView as Effect, FactView as Fact, OptionView as Option, PlanItemView as PlanItem,
  PlanVersions, PlanVersionView as PlanVersion, RuleView as Rule, ToldBy, Wish,
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
