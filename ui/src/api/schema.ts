// Made by build/api_types.mjs from the API document of the server: do not edit.
export type Id = string; // UUIDv7, made by the writer
export type Instant = string; // RFC 3339, UTC, milliseconds
export type Day = string; // "2026-11-24"
export interface AccountView {
  id: Id;
  name: string;
  email: string;
  role: Role;
  active: boolean;
  second_factor: boolean;
}
export interface Accounts { accounts: AccountView[]; }
export type Action = 'called_spoke'
  | 'called_no_answer'
  | 'met_earlier'
  | 'talked_in_meeting'
  | 'safety_plan_changed'
  | 'passed_to_duty'
  | 'messaged'
  | 'nothing_needed'
  | 'heard_again';
export interface ActivityView { day: Day; count: number; }
export interface AdviceView {
  as_of: Instant;
  rules: RuleView[];
  undecided: UndecidedRuleView[];
  would_change: NearRuleView[];
}
export interface AgreedStep { when: string; step: string; }
export type AgreedStepSent = AgreedStep;
export interface Answers {
  instrument: string;
  answers?: (number | null)[];
  extra?: number;
  visible_to?: Visibility;
}
export interface AreaFinding { area: string; look: AreaLook; }
export type AreaFindingSent = AreaFinding;
export type AreaLook = 'part_of_it' | 'not_part' | 'not_known';
export interface AssessmentView { facts: FactView[]; }
export interface BackupDuty {
  last?: Instant;
  last_key_copy?: Instant;
  last_restore_drill?: Instant;
  overdue: boolean;
}
export interface BandView { from: number; to: number; name: string; }
export type Basis = 'assigned' | 'cover' | 'emergency' | 'signal';
export interface CareResumed { text?: string; }
export interface Caseload { as_of: Instant; total: number; duty?: DutyView; tiers: TierView[]; }
export interface ChanceView { points: number; source: string; }
export interface ChangePassword { current: string; password: string; }
export interface CheckIn {
  hard?: boolean;
  mood?: number;
  energy?: number;
  sleep?: number;
  interest?: number;
  anxiety?: number;
  rumination?: number;
  sleep_hours?: number;
  activities?: string[];
  text?: string;
  to_talk_about?: boolean;
  visible_to: Visibility;
}
export interface ChoiceView { value: number; text: string; }
export interface ClosedByManager {
  // UUIDv7 made by the writer; a retry uses it again
  id: Id;
  action: Action;
  text: string;
  judgement: Judgement;
}
export interface ComingEvent { what: string; on?: Day; }
export type ComingEventSent = ComingEvent;
export type ContactKind = 'emergency' | 'line' | 'text' | 'service';
export interface ContactRequest { text?: string; }
export interface ContactsDuty {
  owner?: string;
  checked_on?: Day;
  check_due: Day;
  overdue: boolean;
  contacts: CrisisContact[];
}
export interface Course {
  instrument: string;
  title: string;
  min: number;
  max: number;
  direction: Direction;
  bands: BandView[];
  chance?: ChanceView;
  scores: ScoreView[];
  days: DayView[];
  meetings: MeetingView[];
  summary: Sentence[];
  data_until: Instant;
}
export interface CoverView {
  away: Id;
  away_name: string;
  by: Id;
  by_name: string;
  first_day: Day;
  last_day: Day;
  // In care; who they are, only the team sees
  people: number;
}
export interface Covers {
  // In the zone of the service
  today: Day;
  // Clinicians who can sign in
  staff: StaffName[];
  // Not over yet; a therapist's own, for a manager all
  covers: CoverView[];
}
export interface CrisisContact {
  name: string;
  number: string;
  kind: ContactKind;
  hours?: string;
  note?: string;
}
export interface DayView {
  day: Day;
  hard: boolean;
  mood?: number;
  sleep_hours?: number;
  activities: number;
}
export type Direction = 'lower_is_better' | 'higher_is_better';
export interface DischargeSummary {
  name: string;
  reference: string;
  born?: Day;
  service: string;
  therapist: string;
  therapy: string;
  questionnaire: string;
  max: number;
  source: string;
  opened_at: Instant;
  discharged_at?: Instant;
  meetings_held: number;
  first?: SummaryScore;
  last?: SummaryScore;
  change?: Sentence;
  discharge?: Discharged;
  watch_until?: Instant;
  has_relapse_plan: boolean;
}
export interface Discharged {
  watch: WatchAgreement;
  watch_months?: number;
  done: string;
  next?: string;
}
export type DischargedSent = Discharged;
export interface Duties {
  as_of: Instant;
  crisis_contacts: ContactsDuty;
  // The most urgent 100
  unread_signals: UnreadSignal[];
  unread_count: number;
  backup: BackupDuty;
  without_second_factor: StaffName[];
}
export interface DutyShift { account: Id; from: Instant; to: Instant; phone?: string; }
export type DutyShiftSent = DutyShift;
export interface DutyView { name: string; phone?: string; until: Instant; }
export interface EffectView {
  name: string;
  against: string;
  measure: string;
  estimate?: number;
  lower: number;
  upper: number;
  // What lower and upper are
  bounds: string;
  source: string;
}
export interface EmergencyAnswer { person: Id; until: Instant; }
export interface EmergencyRequest {
  // UUIDv7 made by the writer; a retry uses it again
  id: Id;
  // The record's id, the reference on paper (EK-...), or the address the person signs in with
  who: string;
  // Read by the therapist, or by a manager where there is none, and by the person
  reason: string;
}
export interface EndedCover {
  // UUIDv7 made by the writer; a retry uses it again
  id: Id;
  away: Id;
  by: Id;
}
export interface EpisodeOpened {
  therapy: string;
  planned_meetings?: number;
  questionnaire: string;
  questionnaire_every_days: number;
  check_in_every_days: number;
}
export interface EpisodeTerms {
  therapy: string;
  planned_meetings?: number;
  questionnaire: string;
  questionnaire_every_days: number;
  check_in_every_days: number;
}
export interface EpisodeTermsChanged {
  therapy: string;
  planned_meetings?: number;
  questionnaire: string;
  questionnaire_every_days: number;
  check_in_every_days: number;
}
export interface Escalation {
  safety_minutes: number;
  safety_act_hours: number;
  other_seen_hours: number;
  other_act_hours: number;
  contacts_check_days: number;
}
export type EscalationSent = Escalation;
export interface FactView {
  fact: string;
  says: string;
  group: string;
  // flag, number or choice
  kind: string;
  // Of a flag and of a choice
  values: string[];
  min?: number;
  max?: number;
  of_record: boolean;
  to_clinician: boolean;
  value?: string;
  told_by?: ToldBy;
  at?: Instant;
}
export interface FactorCode {
  code: string;
  // What the app of now shows; needed to replace a second factor
  current?: string;
}
export interface FactorOffer { secret: string; uri: string; }
export type FactorState = 'on' | 'off' | 'required';
export interface FactsTold { told_by: ToldBy; facts?: ToldFact[]; }
export interface Fault {
  // JSON pointer; /body is the request body
  where: string;
  message: string;
}
export type FindingKind = 'reliable_change'
  | 'control_limits'
  | 'early_warning'
  | 'expected_response';
export interface FindingView {
  finding: FindingKind;
  // As an export names it: mood, score.phq-9
  series: string;
  standing: Standing;
  computed_at: Instant;
  // Values that went in
  n: number;
  from: Instant;
  to: Instant;
  // Its numbers, with all their digits
  values: Record<string, number>;
  says: Sentence;
  why: Why;
  // How it is computed, on this server
  page: string;
}
export interface ForecastView {
  people: number;
  from_days: number;
  // Absent: no upper end is known
  to_days?: number;
}
export interface Glance {
  instrument: string;
  title: string;
  min: number;
  max: number;
  direction: Direction;
  bands: BandView[];
  chance?: ChanceView;
  scores: ScoreView[];
  days: DayView[];
  meetings: MeetingView[];
  summary: Sentence[];
  data_until: Instant;
  person: Id;
  name: string;
  reference: string;
  born?: Day;
  pronoun: Pronoun;
  therapy?: string;
  meetings_held: number;
  meetings_planned?: number;
  since?: Instant;
  changed: Sentence[];
  findings: FindingView[];
  signals: SignalView[];
  risk_answers: RiskAnswer[];
  safety_plan?: PlanDate;
  to_talk_about: TalkView[];
  sleep: SleepView[];
  activity: ActivityView[];
  next_meeting?: Instant;
  phase?: Phase;
  phase_since?: Instant;
  has_relapse_plan: boolean;
}
export interface GoalRated {
  item: Id;
  // 0 = nothing of it yet, 10 = all of it
  rating: number;
  words?: string;
}
export interface GoalRating { at: Instant; rating: number; words?: string; own: boolean; }
export interface HardDayAnswer { about: Id; thoughts: Thoughts; }
export interface Hours { open_now: boolean; sentence_code: HoursSentence; days: ServiceDay[]; }
export type HoursSentence = 'custom' | 'none';
export interface Input { name: string; value: string | number; at?: Instant; }
export interface InstrumentView {
  id: string;
  title: string;
  intro: string;
  items: ItemView[];
  extra?: ItemView;
  min: number;
  max: number;
  direction: Direction;
  bands: BandView[];
  credit: string;
  minutes: number;
}
export interface InvitationCode { code: string; expires_at: Instant; }
export interface InvitationView {
  name: string;
  role: Role;
  service: string;
  needs_sign_in_name: boolean;
}
export interface Invited { person: Id; invitation: InvitationCode; }
export interface ItemView { key: string; text: string; safety: boolean; answers: ChoiceView[]; }
export type Judgement = 'right' | 'wrong' | 'unknown';
export interface KeptEntry {
  id: Id;
  seq: number;
  kind: string;
  effective_at: Instant;
  recorded_at: Instant;
  // Author, zone and the body of its kind
  entry: unknown;
}
export interface Look { at: Instant; who: string; role?: Role; what: string; reason?: string; }
export interface Looked { looks: Look[]; }
export interface Me {
  account: Id;
  name: string;
  role: Role;
  zone: string;
  email: string;
  person?: Id;
  device_is_mine: boolean;
  second_factor: FactorState;
  server_time: Instant;
  session_expires_at: Instant;
}
export interface MeetingOutcome { meeting: Id; outcome: Outcome; contact_made?: boolean; }
export interface MeetingPlanned { at: Instant; minutes: number; place: Place; number?: number; }
export interface MeetingView {
  id: Id;
  at: Instant;
  minutes: number;
  place: Place;
  number?: number;
  outcome: Outcome;
}
export interface NamedChoice { id: string; name: string; }
export interface NearRuleView { rule: string; recommendation: string; change: ReasonView; }
export interface NewAccount { name: string; email: string; role: Role; }
export interface NewAccountView { id: Id; code: string; expires_at: Instant; }
export interface NewCover {
  // UUIDv7 made by the writer; a retry uses it again
  id: Id;
  // A therapist; absent: whoever asks
  away?: Id;
  // The clinician who stands in
  by: Id;
  first_day: Day;
  last_day: Day;
}
export interface NewEntry {
  // UUIDv7 made by the writer; a retry uses it again
  id: Id;
  kind: string;
  // When it happened
  effective_at: Instant;
  zone: string;
  // The writer's clock now; a wrong clock is corrected by it
  sent_at: Instant;
  supersedes?: Id;
  body: unknown;
}
export interface NewPassword {
  // At least ten characters. A few unrelated words are good.
  password: string;
  // An address or a name of one's own, to sign in with; where the invitation needs_sign_in_name
  email?: string;
  device_is_mine?: boolean;
}
export interface NewPerson {
  name: string;
  born?: Day;
  pronoun?: Pronoun;
  email?: string;
  zone?: string;
  therapist?: Id;
  terms: EpisodeTerms;
}
export interface NewReferral { id: Id; name: string; born?: Day; referral: ReferralReceivedSent; }
export interface NewStep { id: Id; step: ReferralStep; }
export interface NextMeeting { id: Id; at: Instant; minutes: number; place: Place; with: string; }
export type Offer = 'safety_plan' | 'small_step' | 'tell_therapist';
export interface OptionView {
  option: string;
  name: string;
  detail?: string;
  only_if?: string;
  to_be_verified: boolean;
  effects: EffectView[];
  preference?: Preference;
}
export interface OrganisationSet {
  name: string;
  zone: string;
  region: string;
  hours: ServiceDay[];
  holidays: Day[];
  duty: DutyShift[];
  escalation: Escalation;
}
export interface OrganisationSetSent {
  name: string;
  zone: string;
  region: string;
  hours?: ServiceDaySent[];
  holidays?: Day[];
  duty?: DutyShiftSent[];
  escalation?: EscalationSent;
}
export type Outcome = 'planned' | 'attended' | 'missed' | 'cancelled';
export interface OwnSign {
  domain: SignDomain;
  sign: string;
  lead_days?: number;
  others_see?: string;
  i_do?: string;
  i_tell?: string;
}
export type OwnSignSent = OwnSign;
export interface PersonRegistered {
  name: string;
  reference: string;
  born?: Day;
  pronoun?: Pronoun;
  zone: string;
}
export type Phase = 'care' | 'watch' | 'ended';
export type Place = 'in_person' | 'video' | 'phone';
export interface PlanAnswer { plan: number; answer: PlanConsent; words?: string; }
export interface PlanAnswerView { answer: PlanConsent; words?: string; at: Instant; }
export interface PlanChange {
  item: Id;
  based_on: number;
  problem?: string;
  goal?: PlanGoalSent;
  method?: PlanMethod;
  measure?: string;
  review_on?: Day;
  responsible?: Id;
  standing?: PlanStanding;
}
export type PlanConsent = 'agrees' | 'would_rather';
export interface PlanDate { updated_at: Instant; }
export interface PlanGoal { words: string; steps: string[]; }
export interface PlanGoalSent { words: string; steps?: string[]; }
export interface PlanItemView {
  item: Id;
  problem: string;
  goal: PlanGoal;
  method?: PlanMethodView;
  measure?: string;
  measure_title?: string;
  review_on?: Day;
  responsible?: Id;
  responsible_name: string;
  standing: PlanStanding;
  ratings: GoalRating[];
}
export interface PlanMethod { option: string; rule?: string; reason: string; }
export interface PlanMethodView {
  option: string;
  rule?: string;
  reason: string;
  name: string;
  plain?: string;
  source?: string;
  section?: string;
}
export type PlanStanding = 'going_on' | 'reached' | 'let_go';
export interface PlanVersionView {
  version: number;
  at?: Instant;
  by: string;
  items: PlanItemView[];
  answer?: PlanAnswerView;
}
export interface PlanVersions { versions: PlanVersionView[]; }
export interface PlanView {
  plan?: SafetyPlan;
  updated_at?: Instant;
  updated_by?: string;
  name: string;
  reference: string;
}
export interface Preference { option: string; wish: Wish; words?: string; }
export type PreferenceSent = Preference;
export interface PreferenceView {
  option: string;
  wish: Wish;
  words?: string;
  name: string;
  at: Instant;
  // Written by the person
  own: boolean;
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  // Every fault of the request
  problems: Fault[];
}
export type Pronoun = 'she' | 'he' | 'they';
export interface QuestionnaireDue {
  instrument: string;
  minutes: number;
  due_on: Day;
  item_count: number;
}
export interface ReasonView { says: string; value: string; needs: string; }
export type ReferralMove = 'accepted'
  | 'offered'
  | 'preferred'
  | 'declined'
  | 'opted_out'
  | 'assigned';
export interface ReferralReceived {
  source: ReferralSource;
  trouble: string;
  thoughts: Thoughts;
  phone?: string;
  email?: string;
  reach?: string;
  referrer?: string;
  consent: boolean;
}
export type ReferralReceivedSent = ReferralReceived;
export type ReferralSource = 'self' | 'professional';
export type ReferralStage = 'received' | 'waiting' | 'assigned' | 'declined' | 'opted_out';
export interface ReferralState {
  id: Id;
  received_at: Instant;
  received: ReferralReceived;
  stage: ReferralStage;
  accepted_at?: Instant;
  ended_at?: Instant;
  offered?: string;
  wishes?: string;
  wishes_therapist?: Id;
  ended_because?: string;
}
export interface ReferralStep {
  move: ReferralMove;
  text?: string;
  therapist?: Id;
  terms?: EpisodeTerms;
}
export interface ReferralView { referral: ReferralState; name: string; reference: string; }
export interface Referred { person: Id; }
export interface RelapseParts {
  signs: OwnSign[];
  triggers: string[];
  events: ComingEvent[];
  coping: string[];
  supporters: SafetyPerson[];
  medicines?: string;
  early: AgreedStep;
  worse: AgreedStep;
  urgent: AgreedStep;
}
export interface RelapsePartsSent {
  signs?: OwnSignSent[];
  triggers?: string[];
  events?: ComingEventSent[];
  coping?: string[];
  supporters?: SafetyPersonSent[];
  medicines?: string;
  early: AgreedStepSent;
  worse: AgreedStepSent;
  urgent: AgreedStepSent;
}
export interface RelapsePlan { parts: RelapseParts; }
export interface RelapsePlanSent { parts: RelapsePartsSent; }
export interface RelapsePlanView {
  entry?: Id;
  plan?: RelapsePlan;
  updated_at?: Instant;
  updated_by?: string;
  missing: string[];
  name: string;
  reference: string;
  therapist: string;
  phase?: Phase;
  phase_since?: Instant;
  watch?: WatchView;
  named_reader: boolean;
}
export interface RelationEnded { staff: Id; role: Role; basis?: Basis; }
export interface RelationStarted {
  staff: Id;
  role: Role;
  basis?: Basis;
  until?: Instant;
  reason?: string;
}
export interface RiskAnswer { at: Instant; value?: number; }
export type Role = 'client'
  | 'supporter'
  | 'therapist'
  | 'group_co_leader'
  | 'supervisor'
  | 'prescriber'
  | 'specialist'
  | 'duty_clinician'
  | 'manager'
  | 'administrator'
  | 'system';
export interface Row {
  person: Id;
  name: string;
  reference: string;
  reason: Sentence;
  signal?: Id;
  scores: SparkPoint[];
  scale?: RowScale;
  score?: number;
  change?: number;
  last_heard?: Instant;
  next_meeting?: Instant;
}
export interface RowScale { min: number; max: number; }
export interface RuleView {
  rule: string;
  guideline: string;
  recommendation?: string;
  plain: string;
  strength?: string;
  note?: string;
  source: string;
  section: string;
  to_be_verified: boolean;
  why: ReasonView[];
  options: OptionView[];
  against: string[];
}
export interface SafetyParts {
  signs: string[];
  own_steps: string[];
  people_places: string[];
  ask: SafetyPerson[];
  professionals: SafetyPerson[];
  safer: string[];
}
export interface SafetyPartsSent {
  signs?: string[];
  own_steps?: string[];
  people_places?: string[];
  ask?: SafetyPersonSent[];
  professionals?: SafetyPersonSent[];
  safer?: string[];
}
export interface SafetyPerson { name: string; phone?: string; note?: string; }
export type SafetyPersonSent = SafetyPerson;
export interface SafetyPlan { parts: SafetyParts; }
export interface SafetyPlanSent { parts: SafetyPartsSent; }
export interface ScoreView {
  entry: Id;
  at: Instant;
  total?: number;
  band?: string;
  prorated: boolean;
}
export interface Sentence { code: string; values: Record<string, string | number>; }
export interface Service {
  name: string;
  demo: boolean;
  solo: boolean;
  zone: string;
  region: string;
  server_time: Instant;
  crisis_contacts: CrisisContact[];
  hours: Hours;
}
export interface ServiceDay { weekday: Weekday; from: string; to: string; }
export type ServiceDaySent = ServiceDay;
export interface Show { help: boolean; offer: Offer[]; }
export type SignDomain = 'sleep'
  | 'energy'
  | 'interest'
  | 'thinking'
  | 'irritability'
  | 'withdrawal'
  | 'appetite'
  | 'self_care';
export interface SignIn {
  email: string;
  password: string;
  code?: string;
  device_is_mine?: boolean;
}
export interface SignalAction { signal: Id; action: Action; text?: string; due?: Instant; }
export interface SignalClosed {
  signal: Id;
  action: Action;
  text: string;
  judgement: Judgement;
  look_again_on?: Day;
  support?: SupportFindingSent;
}
export type SignalKind = 'safety_item'
  | 'hard_day_thoughts'
  | 'referral_thoughts'
  | 'asked_for_contact'
  | 'deterioration'
  | 'not_on_track'
  | 'relapse_alert'
  | 'early_warning'
  | 'came_back'
  | 'silence'
  | 'emergency_access';
export type SignalLife = 'raised' | 'seen' | 'acted' | 'closed';
export interface SignalSeen { signal: Id; due?: Instant; }
export interface SignalStepView {
  step: Step;
  at: Instant;
  who?: string;
  action?: Action;
  text?: string;
  judgement?: Judgement;
  support?: SupportFinding;
}
export interface SignalView {
  id: Id;
  person: Id;
  name: string;
  kind: SignalKind;
  tier: Tier;
  raised_at: Instant;
  reason: Sentence;
  owner: string;
  due?: Instant;
  escalation: number;
  state: SignalLife;
  steps: SignalStepView[];
  why: Why;
  support_tool?: string;
}
export interface Signals { signals: SignalView[]; }
export interface SleepView { day: Day; hours: number; }
export interface SparkPoint { at: Instant; total?: number; }
export interface StaffName { account: Id; name: string; role: Role; }
export type Standing = 'inside' | 'better' | 'worse' | 'above' | 'below' | 'rising';
export interface StartSent {
  id: Id;
  name: string;
  phone?: string;
  email?: string;
  reach?: string;
  trouble: string;
  thoughts?: Thoughts;
  // yes, or left out
  consent?: string;
}
export type Step = 'raised' | 'seen' | 'action' | 'escalated' | 'closed';
export interface StepTaken { stage: ReferralStage; name: string; invitation?: InvitationCode; }
export interface SummaryScore { at: Instant; total: number; band?: string; }
export interface SupportArea {
  area: string;
  title: string;
  ask: string[];
  // key in sources.bib
  source: string;
  page: string;
  to_be_verified: boolean;
}
export interface SupportFinding { areas: AreaFinding[]; outcome: SupportOutcome; }
export interface SupportFindingSent { areas?: AreaFindingSent[]; outcome: SupportOutcome; }
export type SupportOutcome = 'plan_changes' | 'plan_stays';
export interface SupportTool { id: string; title: string; areas: SupportArea[]; }
export interface TalkView { at: Instant; text: string; }
export interface TherapistChoice { account: Id; name: string; }
export type Thoughts = 'yes_or_unsure' | 'no' | 'rather_not_say';
export type Tier = 'safety'
  | 'asked'
  | 'opened'
  | 'not_on_track'
  | 'worse'
  | 'worth_a_look'
  | 'silent'
  | 'meeting_today'
  | 'rest';
export interface TierView { tier: Tier; people: Row[]; }
export interface Today {
  day: Day;
  name: string;
  checked_in: boolean;
  hard_today: boolean;
  after_gap: boolean;
  questionnaire?: QuestionnaireDue;
  next_meeting?: NextMeeting;
  watching: Watching;
  has_safety_plan: boolean;
  phase?: Phase;
  wait?: WaitView;
}
export type ToldBy = 'client' | 'clinician';
export interface ToldFact {
  fact: string;
  // yes or no, a number, or one of the fact's values; none: taken back
  value?: string;
}
export interface TreatmentPlanView {
  version: number;
  at?: Instant;
  by: string;
  items: PlanItemView[];
  answer?: PlanAnswerView;
  preferences: PreferenceView[];
  team: NamedChoice[];
  options: NamedChoice[];
  measures: NamedChoice[];
}
export interface UndecidedRuleView {
  rule: string;
  recommendation: string;
  // Facts that nobody has told, in words
  missing: string[];
}
export interface UnreadSignal {
  signal: Id;
  kind: SignalKind;
  tier: Tier;
  raised_at: Instant;
  due: Instant;
  overdue: boolean;
  owner: string;
  escalation: number;
  // Of a colleague's access in an emergency that has come to a manager, who closes it
  reason?: Sentence;
}
export type Visibility = 'me' | 'care_team';
export interface WaitHistory { people: number; began: number; needed: number; }
export interface WaitView {
  stage: ReferralStage;
  since: Instant;
  forecast?: ForecastView;
  offered?: string;
}
export interface WaitingList {
  as_of: Instant;
  people: WaitingRow[];
  therapists: TherapistChoice[];
  history: WaitHistory;
}
export interface WaitingRow {
  person: Id;
  name: string;
  reference: string;
  stage: ReferralStage;
  source: ReferralSource;
  received_at: Instant;
  reason: Sentence;
  forecast?: ForecastView;
  offered?: string;
  wishes?: string;
  wishes_therapist?: string;
}
export type WatchAgreement = 'agreed' | 'declined';
export type WatchChange = 'paused' | 'resumed' | 'left' | 'ended';
export interface WatchChanged { change: WatchChange; until?: Day; }
export interface WatchView {
  since: Instant;
  until: Instant;
  paused: boolean;
  paused_until?: Day;
  asked_every_days?: number;
}
export interface Watching { reader?: string; named: boolean; hours: ServiceDay[]; }
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export interface WholeRecord { person: Id; made_at: Instant; entries: KeptEntry[]; }
export interface Why {
  method: string;
  source: string;
  inputs: Input[];
  rule: Sentence;
  uncertainty: Sentence;
  cannot_tell: Sentence;
}
export type Wish = 'wants' | 'does_not_want' | 'not_sure';
export interface Withdrawal { reason?: string; }
export interface Written {
  id: Id;
  seq: number;
  recorded_at: Instant;
  show: Show;
  score?: WrittenScore;
}
export interface WrittenScore { total?: number; band?: string; prorated: boolean; }
export type PostPeoplePersonEntries = NewEntry & (
  | { kind: 'person_registered'; body: PersonRegistered; }
  | { kind: 'relation_started'; body: RelationStarted; }
  | { kind: 'relation_ended'; body: RelationEnded; }
  | { kind: 'episode_opened'; body: EpisodeOpened; }
  | { kind: 'episode_terms'; body: EpisodeTermsChanged; }
  | { kind: 'meeting_planned'; body: MeetingPlanned; }
  | { kind: 'meeting_outcome'; body: MeetingOutcome; }
  | { kind: 'safety_plan'; body: SafetyPlanSent; }
  | { kind: 'facts_told'; body: FactsTold; }
  | { kind: 'plan_change'; body: PlanChange; }
  | { kind: 'plan_answer'; body: PlanAnswer; }
  | { kind: 'preference'; body: PreferenceSent; }
  | { kind: 'goal_rated'; body: GoalRated; }
  | { kind: 'relapse_plan'; body: RelapsePlanSent; }
  | { kind: 'discharged'; body: DischargedSent; }
  | { kind: 'watch_changed'; body: WatchChanged; }
  | { kind: 'care_resumed'; body: CareResumed; }
  | { kind: 'check_in'; body: CheckIn; }
  | { kind: 'hard_day_answer'; body: HardDayAnswer; }
  | { kind: 'contact_request'; body: ContactRequest; }
  | { kind: 'withdrawal'; body: Withdrawal; }
  | { kind: 'answers'; body: Answers; }
  | { kind: 'signal_seen'; body: SignalSeen; }
  | { kind: 'signal_action'; body: SignalAction; }
  | { kind: 'signal_closed'; body: SignalClosed; });
