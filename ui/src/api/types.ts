// The shapes that the server and the screens agree on, one comment for each address.
// Every request that changes something carries the header `X-Evenkeel: 1` and JSON.
// Same-origin cookie session.
// Errors: RFC 9457 application/problem+json:
//   { type, title, status, detail, problems: [{ where: "/body/mood" (JSON pointer into the
// request body), message }] }
// Ids: UUIDv7 strings made by the writer. Instants: RFC 3339 UTC with milliseconds. Days:
// "2026-11-24". Zones: IANA.

export type Id = string; export type Instant = string; export type Day = string;
export type Role = 'client' | 'supporter' | 'therapist' | 'group_co_leader' | 'supervisor'
  | 'prescriber' | 'specialist'
  | 'duty_clinician' | 'manager' | 'administrator';

// ---- public
// GET /api/service  (signed out too; the service worker caches it)
export interface Service {
  name: string; demo: boolean; solo: boolean; zone: string; region: string;
  server_time: Instant;
  crisis_contacts: CrisisContact[];   // first emergency ones, then lines
  hours: { open_now: boolean; sentence_code: 'weekdays' | 'custom' | 'none'; days: ServiceDay[] };
}
export interface CrisisContact {
  name: string;
  number: string;
  kind: 'emergency' | 'line' | 'text' | 'service';
  hours?: string;
  note?: string;
}
// "09:00" "17:00", only days that are open
export interface ServiceDay {
  weekday: 'mon'|'tue'|'wed'|'thu'|'fri'|'sat'|'sun';
  from: string;
  to: string;
}

// POST /api/sign-in  -> 200 Me (cookie set) | 401 problem | 401 with problems[0].where ===
// "/code" (asks for the 6-digit code) | 429
export interface SignIn { email: string; password: string; code?: string; device_is_mine?: boolean }
// POST /api/sign-out -> 204
// GET  /api/invitations/{code} -> 200 { name, role, service } | 404;  POST
// /api/invitations/{code} { password, device_is_mine? } -> 200 Me (signed in)
// GET  /api/me -> 200 Me | 401
export interface Me {
  account: Id; name: string; role: Role; zone: string; email: string;
  person?: Id;                       // for a client: the own record
  device_is_mine: boolean;
  // 'required': staff outside demo must enrol before anything else
  second_factor: 'on' | 'off' | 'required';
  server_time: Instant; session_expires_at: Instant;
}
// POST /api/me/second-factor -> 200 { secret, uri }   (begin);  PUT /api/me/second-factor {
// code } -> 204 (confirm)
// PUT /api/me/password { current, password } -> 204

// ---- entries: the one way to write to a person's record
// POST /api/people/{person}/entries  NewEntry -> 201 Written (new) | 200 Written (same id,
// same content: a retry) | 409 (same id, other content) | 422
// The offline queue is a list of NewEntry. `sent_at` is the phone's clock when sending; the
// server corrects effective_at by sent_at - now.
export interface NewEntry<K extends Kind = Kind> {
  id: Id;
  kind: K;
  effective_at: Instant;
  zone: string;
  sent_at: Instant;
  supersedes?: Id;
  body: Bodies[K];
}
export type Kind = keyof Bodies;
export interface Bodies {
  // client
  check_in: CheckIn;
  answers: Answers;
  hard_day_answer: {
    about: Id /* check_in */;
    thoughts: 'yes_or_unsure' | 'no' | 'rather_not_say';
  };
  safety_plan: SafetyPlan;                    // client and therapist
  contact_request: { text?: string };         // "Let Dr Lee know"
  // with supersedes: "I tapped this by mistake"; the entry stays in the record, marked
  withdrawal: { reason?: 'by_mistake' };
  // staff
  signal_seen: { signal: Id };
  // something was done, stays open
  signal_action: { signal: Id; action: Action; text?: string };
  signal_closed: {
    signal: Id;
    action: Action;
    text: string;
    judgement: 'right' | 'wrong' | 'unknown';
    look_again_on?: Day;
  };
  meeting_planned: {
    at: Instant;
    minutes: number;
    place: 'in_person' | 'video' | 'phone';
    number?: number;
  };
  meeting_outcome: {
    meeting: Id;
    outcome: 'attended' | 'missed' | 'cancelled';
    contact_made: boolean;
  };
  episode_opened: EpisodeTerms;
  episode_terms: EpisodeTerms;   // change the agreed intervals
}
export type Action = 'called_spoke' | 'called_no_answer' | 'met_earlier'
  | 'safety_plan_changed' | 'passed_to_duty' | 'messaged' | 'nothing_needed'
  | 'heard_again'; // silence only, by the system
export interface CheckIn {
  hard: boolean;            // "Today is hard", one tap
  // each 0..4, five labelled choices; 4 = most of it
  mood?: number;
  energy?: number;
  sleep?: number;
  interest?: number;
  anxiety?: number;
  rumination?: number;
  sleep_hours?: number;     // 0..24, halves
  activities?: string[];    // tags, <= 12, each <= 40 chars
  text?: string;            // <= 2000
  to_talk_about?: boolean;  // text is marked "to talk about"
  visible_to: 'me' | 'care_team';
}
// null = skipped; order of the instrument's items
export interface Answers {
  instrument: string;
  answers: (number | null)[];
  // the unscored difficulty question, value 0..3
  extra?: number | null;
  visible_to?: 'care_team';
}
export interface SafetyPlan {
  parts: {
    signs: string[];
    own_steps: string[];
    people_places: string[];
    ask: SafetyPerson[];
    professionals: SafetyPerson[];
    safer: string[];
  };
}
export interface SafetyPerson { name: string; phone?: string; note?: string }
export interface EpisodeTerms {
  therapy: string;
  planned_meetings?: number;
  questionnaire: string /* 'phq-9' */;
  questionnaire_every_days: number;
  check_in_every_days: number;
}

export interface Written {
  id: Id; seq: number; recorded_at: Instant;
  show: {
    help: boolean;                                   // show the help screen before anything else
    // gentle offers after "today is hard" again and again
    offer: ('safety_plan' | 'small_step' | 'tell_therapist')[];
  };
  score?: { total?: number; band?: string; prorated: boolean };
}

// ---- client
// GET /api/today
export interface Today {
  day: Day; name: string;
  checked_in: boolean; hard_today: boolean;          // today, local day
  after_gap: boolean;                                // -> "Good to see you."
  questionnaire?: { instrument: string; minutes: number; due_on: Day; item_count: number };
  next_meeting?: {
    id: Id;
    at: Instant;
    minutes: number;
    place: 'in_person'|'video'|'phone';
    with: string;
  };
  // named=false: nobody reads; say so
  watching: { reader?: string /* "Dr Lee" */; named: boolean; hours: ServiceDay[] };
  has_safety_plan: boolean;
}
// GET /api/instruments/{id}
export interface Instrument {
  id: string;
  title: string;
  intro: string;
  items: {
    key: string;
    text: string;
    safety: boolean;
    answers: { value: number; text: string }[];
  }[];
  min: number; max: number; direction: 'lower_is_better' | 'higher_is_better';
  bands: { from: number; to: number; name: string }[]; credit: string; minutes: number;
  // the unscored difficulty question
  extra?: { key: string; text: string; answers: { value: number; text: string }[] };
}
// GET /api/people/{person}/safety-plan
//   -> 200 { name, reference, plan?: SafetyPlan, updated_at?: Instant, updated_by?: string }
// GET /api/people/{person}/course?weeks=12  ("How I am doing"; also used by staff)
export interface Course {
  instrument: string;
  title: string;
  min: number;
  max: number;
  direction: 'lower_is_better'|'higher_is_better';
  bands: { from: number; to: number; name: string }[];
  // less than this many points from the first could be chance; absent: "not available"
  chance?: { points: number; source: string };
  scores: {
    entry: Id;
    at: Instant;
    total?: number;
    band?: string;
    prorated: boolean;
  }[];
  // only days on which something was said
  days: { day: Day; hard: boolean; mood?: number; sleep_hours?: number; activities: number }[];
  meetings: {
    id: Id;
    at: Instant;
    minutes: number;
    place: 'in_person' | 'video' | 'phone';
    number?: number;
    outcome: 'planned' | 'attended' | 'missed' | 'cancelled';
  }[];
  summary: Sentence[];                               // words above the chart
  data_until: Instant;
}
// rendered by the string catalogue, see SENTENCES below
export interface Sentence { code: string; values: Record<string, string | number> }
// GET /api/people/{person}/looked -> 200 { looks: { at: Instant; who: string; role: Role;
// what: string /* code */; reason?: string /* of access in an emergency */ }[] }
// GET /api/people/{person}/export -> attachment JSON

// ---- therapist
// POST /api/emergency-access { id, who /* record id, EK-... or sign-in address */, reason }
// -> 201 { person, until } | 404 | 409 | 429
// GET /api/caseload
export interface Caseload {
  as_of: Instant; total: number;
  duty?: { name: string; phone?: string; until: Instant };
  tiers: { tier: Tier; people: Row[] }[];            // in the fixed order, empty ones left out
}
export type Tier = 'safety' | 'asked' | 'opened' | 'not_on_track' | 'worse'
  | 'silent' | 'meeting_today' | 'rest';
export interface Row {
  person: Id; name: string; reference: string;       // "EK-20417"
  reason: Sentence; signal?: Id;
  scores: { at: Instant; total?: number }[];   // since the episode began, for the spark line
  scale?: { min: number; max: number };              // of the questionnaire
  score?: number; change?: number;                   // last, and last minus first
  last_heard?: Instant; next_meeting?: Instant;
}
// GET /api/people/{person}/glance
export interface Glance extends Course {
  person: Id; name: string; reference: string; born?: Day; pronoun: 'she'|'he'|'they';
  therapy?: string; meetings_held: number; meetings_planned?: number;
  since?: Instant;                                   // last meeting
  changed: Sentence[];                               // at most three
  findings: Finding[];                               // what the methods say of the series now
  signals: Signal[];                                 // open ones, most urgent first
  risk_answers: { at: Instant; value?: number }[]; // item 9, last five
  safety_plan?: { updated_at: Instant };
  to_talk_about: { at: Instant; text: string }[];
  sleep: { day: Day; hours: number }[]; activity: { day: Day; count: number }[]; // last 14 days
  next_meeting?: Instant;
}
// What one method says of one series: no signal, nobody is called by it.
export interface Finding {
  finding: 'reliable_change' | 'control_limits' | 'early_warning' | 'expected_response';
  series: string;                                    // as an export names it
  standing: 'inside' | 'better' | 'worse' | 'above' | 'below' | 'rising';
  computed_at: Instant;
  n: number; from: Instant; to: Instant;             // what went in
  values: Record<string, number>;                    // with all their digits
  says: Sentence;
  why: Why;
  page: string;                                      // how it is computed, on this server
}
export interface Signal {
  id: Id;
  person: Id;
  name: string;
  kind: 'safety_item' | 'hard_day_thoughts' | 'asked_for_contact' | 'deterioration'
    | 'silence' | 'hard_days' | 'emergency_access';
  // 0 owner, 1 backup/duty, 2 manager
  tier: Tier; raised_at: Instant; reason: Sentence; owner: string; due: Instant; escalation: number;
  state: 'raised' | 'seen' | 'acted' | 'closed';
  steps: {
    step: 'raised' | 'seen' | 'action' | 'escalated' | 'closed';
    at: Instant;
    who?: string;
    action?: Action;
    text?: string;
    judgement?: string;
  }[];
  why: Why;
}
export interface Why {
  method: string;
  source: string;
  inputs: { name: string; value: string | number; at?: Instant }[];
  rule: Sentence;
  uncertainty: Sentence;
  cannot_tell: Sentence;
}
// GET /api/signals -> 200 { signals: Signal[] } (open ones that are mine)
// GET /api/people/{person}/signals -> 200 { signals: Signal[] } (also closed)
// GET /api/events : server-sent events, `event: changed` data {"person": Id} -> refetch
// POST /api/people { name, born?, pronoun?, email?, zone?, terms: EpisodeTerms } -> 201 {
// person, invitation: { code, expires_at } }  (therapist, manager)

// ---- manager / administrator
// GET /api/duties
export interface Duties {
  as_of: Instant;
  crisis_contacts: {
    owner?: string;
    checked_on?: Day;
    check_due: Day;
    overdue: boolean;
    contacts: CrisisContact[];
  };
  // no names, no content; `reason` only of an access in an emergency that a manager closes
  unread_signals: {
    signal: Id;
    kind: string;
    tier: Tier;
    raised_at: Instant;
    due: Instant;
    overdue: boolean;
    owner: string;
    escalation: number;
    reason?: Sentence;
  }[]; // the most urgent
  unread_count: number; // all of them
  backup: {
    last?: Instant;
    last_key_copy?: Instant;
    last_restore_drill?: Instant;
    overdue: boolean;
  };
  without_second_factor: { account: Id; name: string; role: Role }[];
}
// POST /api/duties/signals/{signal}/close { id, action, text, judgement } -> 204
// POST /api/crisis-contacts/checked {} -> 204
// GET /api/accounts -> { accounts: { id, name, email, role, active, second_factor: boolean }[] }
// POST /api/accounts { name, email, role } -> 201 { id, code, expires_at };
// POST /api/accounts/{id}/disable -> 204
// GET/PUT /api/organisation
export interface Organisation {
  name: string;
  zone: string;
  region: string;
  hours: ServiceDay[];
  holidays: Day[];
  duty: { account: Id; from: Instant; to: Instant; phone?: string }[];
  // what the server sends is what it wants back; hours are hours of service
  escalation: Partial<Record<EscalationTime, number>>;
}
export type EscalationTime = 'safety_minutes' | 'safety_act_hours' | 'other_seen_hours'
  | 'other_act_hours' | 'contacts_check_days' | 'other_hours';

// ---- SENTENCES (Sentence.code -> values)
// reasons: reason.safety_item {value, previous, at} · reason.safety_item_skipped {at} ·
// reason.hard_day_thoughts {at} · reason.asked {at, text?}
//   reason.worse_from_first {from, to, since} · reason.worse_from_best {from, to, since} ·
// reason.silence {days, usual_days} · reason.missed_meeting {at}
//   reason.hard_days {count, days} · reason.meeting {at, number} · reason.first_meeting {at} ·
// reason.better {} · reason.same {} · reason.no_scores {} · reason.one_score {}
// changed/summary: change.better_than_chance {from,to,since} · change.worse_than_chance
// {from,to,since} · change.could_be_chance {from,to,since} · change.unknown_chance
// {from,to,since}
//   change.first_score {total} · change.risk_new {value} · change.risk_again {value} ·
// change.sleep {hours, before} · change.hard_days {count, days} · change.check_ins {count,
// days} · change.nothing_said {since}
// rules: rule.safety_item {} · rule.reliable_change {points} · rule.silence {factor, days} ·
// rule.asked {} · rule.hard_days {count, days}
// uncertainty.* / cannot_tell.* one for each signal kind.
