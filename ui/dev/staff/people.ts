// A made-up caseload, seen from the moment the fixture server started. Nobody here is real.
import type { Glance, Row, Sentence, Signal, Tier } from '../../src/api/types';
import { limits, reliableChange, warning } from '../../src/staff/glance/fixture';

const hour = 3_600_000;
const day = 24 * hour;
export const started = Date.now();
const at = (ago: number): string => new Date(started - ago).toISOString();
const dayAt = (ago: number): string => at(ago).slice(0, 10);

interface Seed {
  name: string;
  tier: Tier;
  reason: Sentence;
  kind?: Signal['kind'];
  totals: (number | undefined)[]; // weekly, the last one this week
  quietWeeks?: number;
  heard: number; // ms ago
  next?: number; // ms ahead
}
const words = (code: string, values: Sentence['values'] = {}): Sentence => ({ code, values });
const since = (from: number, to: number, weeks: number): Sentence['values'] => ({
  from, to, since: at(weeks * 7 * day),
});

const seeds: Seed[] = [
  {
    name: 'Ruth Adeyemi', tier: 'safety', kind: 'safety_item',
    reason: words('reason.safety_item', { value: 1, previous: 0, at: at(1.6 * hour) }),
    totals: [18, 17, 17, undefined, 16, 17, 18, 19, 18, 17], heard: hour, next: 2 * day,
  },
  {
    name: 'Piotr Nowak', tier: 'safety', kind: 'hard_day_thoughts',
    reason: words('reason.hard_day_thoughts', { at: at(2 * hour) }),
    totals: [15, 14, 12, undefined, 13, 14], heard: 2 * hour, next: day,
  },
  {
    name: 'Grace Whitlock', tier: 'asked', kind: 'asked_for_contact',
    reason: words('reason.asked', { at: at(20 * hour), text: 'Could we speak before Friday?' }),
    totals: [19, 19, 18, 19, 20, 19], heard: 20 * hour, next: day,
  },
  {
    name: 'Elena Marsh', tier: 'worse', kind: 'deterioration',
    reason: words('reason.worse_from_best', since(9, 16, 3)),
    totals: [11, 10, 9, 12, 14, 16], heard: 2 * day, next: 2 * day,
  },
  {
    name: 'Joseph Tan', tier: 'worse', kind: 'deterioration',
    reason: words('reason.worse_from_first', since(3, 10, 9)),
    totals: [3, 4, 3, 3, 3, 8, 10], heard: 2 * day,
  },
  {
    name: 'Chloe Barnard', tier: 'silent', kind: 'silence',
    reason: words('reason.silence', { days: 12, usual_days: 2 }),
    totals: [15, 16, 16], quietWeeks: 2, heard: 13 * day, next: day,
  },
  {
    name: 'Samuel Osei', tier: 'silent', kind: 'silence',
    reason: words('reason.missed_meeting', { at: at(7 * day) }),
    totals: [13, 12, 11], quietWeeks: 3, heard: 22 * day, next: 3 * day,
  },
  {
    name: 'Marcus Webb', tier: 'meeting_today',
    reason: words('reason.meeting', { at: at(-hour), number: 3 }),
    totals: [18, 17, 16], heard: hour, next: hour,
  },
  {
    name: 'Aoife Brennan', tier: 'meeting_today',
    reason: words('reason.meeting', { at: at(-2 * hour), number: 12 }),
    totals: [20, 17, 14, 11, 9, 8], heard: 2 * day, next: 2 * hour,
  },
  {
    name: 'Yusuf Demir', tier: 'meeting_today',
    reason: words('reason.first_meeting', { at: at(-3 * hour) }),
    totals: [19], heard: 4 * day, next: 3 * hour,
  },
  {
    name: 'Maya Lindqvist', tier: 'rest', reason: words('reason.better'),
    totals: [17, 16, 14, 13, 12, 10], heard: hour, next: 2 * day,
  },
  {
    name: 'Bea Kowalska', tier: 'rest', reason: words('reason.same'),
    totals: [14, 15, 13, 12], heard: 2 * day, next: 6 * day,
  },
  {
    name: 'Owen Pryce', tier: 'rest', reason: words('reason.same'),
    totals: [5, 4, 3, 4, 4], heard: 2 * day, next: 45 * day,
  },
  {
    name: 'Nadia Rahman', tier: 'rest', reason: words('reason.one_score'),
    totals: [13], heard: 3 * day, next: day,
  },
  {
    name: 'Felix Braun', tier: 'rest', reason: words('reason.no_scores'),
    totals: [], heard: 4 * day, next: 3 * day,
  },
  {
    name: 'Arjun Mehta', tier: 'not_on_track', kind: 'not_on_track',
    reason: words('reason.not_on_track', {
      to: 17, lower: 5.1, upper: 13.6, n_comparable: 412, simulated: 1,
    }),
    totals: [19, 19, 18, 18, 17], heard: 2 * day, next: 3 * day,
  },
];

export const personId = (i: number): string =>
  `01890000-0000-7000-8000-${`${i + 1}`.padStart(12, '0')}`;
const signalId = (i: number, n: number): string =>
  `01890000-0000-7000-8${n}00-${`${i + 1}`.padStart(12, '0')}`;

function scoresOf({ totals, quietWeeks = 0 }: Seed, i: number): Glance['scores'] {
  return totals.map((total, n) => ({
    entry: `01890000-0000-7000-8900-${`${i * 100 + n}`.padStart(12, '0')}`,
    at: at((totals.length - 1 - n + quietWeeks) * 7 * day + hour),
    ...(total === undefined ? {} : { total, band: bandOf(total) }),
    prorated: i === 0 && n === 4,
  }));
}

const bands = [
  { from: 0, to: 4, name: 'minimal' },
  { from: 5, to: 9, name: 'mild' },
  { from: 10, to: 14, name: 'moderate' },
  { from: 15, to: 19, name: 'moderately severe' },
  { from: 20, to: 27, name: 'severe' },
];
function bandOf(total: number): string {
  return bands.find((band) => total >= band.from && total <= band.to)?.name ?? '';
}

const ruleOf: Record<Signal['kind'], Sentence> = {
  safety_item: words('rule.safety_item'),
  referral_thoughts: words('rule.referral_thoughts'),
  hard_day_thoughts: words('rule.safety_item'),
  asked_for_contact: words('rule.asked'),
  deterioration: words('rule.reliable_change', { points: 6 }),
  not_on_track: words('rule.not_on_track', { n_comparable: 412 }),
  relapse_alert: words('rule.relapse_alert', { points: 6 }),
  early_warning: words('rule.early_warning'),
  came_back: words('rule.came_back'),
  silence: words('rule.silence', { factor: 2, days: 2 }),
  emergency_access: words('rule.emergency_access'),
};

function signalOf(seed: Seed, i: number, kind: Signal['kind'], n: number): Signal {
  const raised = at(n === 0 ? 1.6 * hour : 8 * day);
  return {
    id: signalId(i, n),
    person: personId(i),
    name: seed.name,
    kind,
    tier: n === 0 ? seed.tier : 'worse',
    raised_at: raised,
    reason: n === 0 ? seed.reason : words('reason.worse_from_best', since(16, 18, 3)),
    owner: 'Dr Lee',
    due: at(-4 * hour),
    escalation: i === 6 ? 1 : 0,
    state: 'raised',
    steps: [{ step: 'raised', at: raised }],
    why: {
      method: 'PHQ-9 item 9, as answered',
      source: 'Kroenke, Spitzer and Williams 2001, J Gen Intern Med 16:606',
      inputs: [
        { name: 'item_9', value: 1, at: raised },
        { name: 'previous', value: 0, at: at(8 * day) },
      ],
      rule: ruleOf[kind],
      uncertainty: words(`uncertainty.${kind}`),
      cannot_tell: words(`cannot_tell.${kind}`),
    },
    ...(kind === 'not_on_track' ? { support_tool: 'not_on_track' } : {}),
  };
}

function signalsOf(seed: Seed, i: number): Signal[] {
  if (!seed.kind) return [];
  const first = signalOf(seed, i, seed.kind, 0);
  return i === 0 ? [first, signalOf(seed, i, 'deterioration', 1)] : [first];
}

export const signals = new Map<string, Signal>();
seeds.forEach((seed, i) => signalsOf(seed, i).forEach((s) => signals.set(s.id, s)));

export function openOf(person: string): Signal[] {
  return [...signals.values()].filter((s) => s.person === person && s.state !== 'closed');
}

export function rowOf(i: number): Row {
  const seed = seeds[i]!;
  const scores = scoresOf(seed, i).map(({ entry: _, prorated: __, band: ___, ...score }) => score);
  const known = seed.totals.filter((total) => total !== undefined);
  const open = openOf(personId(i))[0];
  return {
    person: personId(i),
    name: seed.name,
    reference: `EK-${20417 + i * 31}`,
    reason: seed.reason,
    ...(open ? { signal: open.id } : {}),
    scores,
    scale: { min: 0, max: 27 },
    score: known.at(-1),
    ...(known.length > 1 ? { change: known.at(-1)! - known[0]! } : {}),
    last_heard: at(seed.heard),
    ...(seed.next ? { next_meeting: at(-seed.next) } : {}),
  };
}

export function tiersNow(): { tier: Tier; people: Row[] }[] {
  const order: Tier[] = [
    'safety', 'asked', 'opened', 'not_on_track', 'worse', 'worth_a_look',
    'silent', 'meeting_today', 'rest',
  ];
  const tierOf = (seed: Seed, i: number): Tier =>
    seed.kind && openOf(personId(i)).length === 0 ? 'rest' : seed.tier;
  return order
    .map((tier) => ({
      tier,
      people: seeds.flatMap((seed, i) => (tierOf(seed, i) === tier ? [rowOf(i)] : [])),
    }))
    .filter(({ people }) => people.length > 0);
}

export const total = seeds.length;

function meetingsOf(i: number, scores: Glance['scores']): Glance['meetings'] {
  return scores.map((score, n) => ({
    id: `01890000-0000-7000-8a00-${`${i * 100 + n}`.padStart(12, '0')}`,
    at: score.at,
    minutes: 50,
    place: 'in_person',
    number: n + 1,
    outcome: n === scores.length - 1 ? 'planned' : 'attended',
  }));
}

function findingsOf(i: number, totals: number[]): Glance['findings'] {
  const [first, last] = [totals[0], totals.at(-1)];
  const scored = totals.length > 1 && first !== undefined && last !== undefined;
  return [
    ...(scored && i !== 3 ? [reliableChange(first, last)] : []),
    ...(i === 0 ? [limits('below', 5), warning('rising')] : []),
    ...(i === 4 ? [limits('inside', 0), warning('inside')] : []),
  ];
}

export function glanceOf(person: string): Glance | undefined {
  const i = seeds.findIndex((_, n) => personId(n) === person);
  const seed = seeds[i];
  if (!seed) return undefined;
  const row = rowOf(i);
  const scores = scoresOf(seed, i);
  const said = seed.quietWeeks ? [] : Array.from({ length: 36 }, (_, n) => n);
  const days = said
    .filter((n) => n % 5 !== 3)
    .map((n) => ({
      day: dayAt(n * day),
      hard: n % 9 === 1,
      mood: n === 7 ? undefined : (n * 7) % 5,
      sleep_hours: n < 7 ? 5 : 6.5,
      activities: (n * 3) % 4,
    }));
  const known = seed.totals.filter((score) => score !== undefined);
  const changed: Sentence[] = known.length > 1
    ? [words('change.could_be_chance', { from: 18, to: known.at(-1)!, since: at(8 * day) })]
    : [];
  if (i === 0) {
    changed.push(words('change.risk_new', { value: 1 }));
    changed.push(words('change.sleep', { hours: 5, before: 6.5 }));
  } else changed.push(words('change.check_ins', { count: days.length, days: 36 }));
  return {
    instrument: 'phq-9',
    title: 'PHQ-9',
    min: 0,
    max: 27,
    direction: 'lower_is_better',
    bands,
    ...(i === 3 ? {} : { chance: { points: 6, source: 'IAPT manual' } }),
    scores,
    days,
    meetings: meetingsOf(i, scores),
    summary: [],
    data_until: new Date().toISOString(),
    person,
    name: seed.name,
    reference: row.reference,
    born: '1988-05-04',
    pronoun: (['she', 'he', 'she', 'she', 'he', 'she', 'he'] as const)[i] ?? 'they',
    therapy: 'CBT',
    meetings_held: Math.max(0, scores.length - 1),
    meetings_planned: 16,
    since: at(8 * day),
    changed,
    findings: findingsOf(i, known),
    signals: openOf(person),
    risk_answers: scores.slice(-5).map(({ at: when }, n, all) => ({
      at: when,
      value: i === 0 && n === all.length - 1 ? 1 : 0,
    })),
    ...(i < 8 ? { safety_plan: { updated_at: at(43 * day) } } : {}),
    to_talk_about: i === 0
      ? [
          { at: at(hour), text: 'Dread before Mondays.' },
          { at: at(3 * day), text: 'I snapped at Dele and could not say why.' },
        ]
      : [],
    sleep: days.slice(0, 12).map((d) => ({ day: d.day, hours: d.sleep_hours })),
    activity: days.slice(0, 12).map((d) => ({ day: d.day, count: d.activities })),
    next_meeting: row.next_meeting,
    phase: 'care',
    has_relapse_plan: false,
  };
}
