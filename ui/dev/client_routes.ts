import type { Course, Instrument, NewEntry, SafetyPlan, Today, Written } from '../src/api/types';
import { week } from './common_routes';
import { keepOfPlan } from './plan_routes';
import { ok, problem, type Route } from './route';

const day = 86_400_000;
const now = () => new Date();
const inDays = (days: number) => new Date(now().getTime() + days * day).toISOString();
const dayText = (days: number) => inDays(days).slice(0, 10);

let checkedIn = false;
let answered = false;
const entries = new Map<string, string>();
let plan: SafetyPlan | undefined = {
  parts: {
    signs: ['I stop answering Sam.', 'I think everyone would be better off.'],
    own_steps: ['Cold water on my face. Then the window.', 'The long playlist, all of it.'],
    people_places: ['Café by the lock. Mum’s kitchen.'],
    ask: [
      { name: 'Sam', phone: '01632 960 012', note: 'Said: any time, even at night' },
      { name: 'Mum', phone: '01632 960 013', note: 'Until about 11 pm' },
    ],
    professionals: [{ name: 'the clinic', phone: '01632 960 011', note: 'Weekdays 9 to 5' }],
    safer: ['Sam keeps the tablets. I ask for two days at a time.'],
  },
};

const often = [
  'Not at all',
  'Several days',
  'More than half the days',
  'Nearly every day',
].map((text, value) => ({ value, text }));
const itemTexts = [
  'Little interest or pleasure in doing things',
  'Feeling down, depressed, or hopeless',
  'Trouble falling or staying asleep, or sleeping too much',
  'Feeling tired or having little energy',
  'Poor appetite or overeating',
  'Feeling bad about yourself — or that you are a failure or have let yourself or your family down',
  'Trouble concentrating on things, such as reading the newspaper or watching television',
  'Moving or speaking so slowly that other people could have noticed? Or the opposite — being so ' +
    'fidgety or restless that you have been moving around a lot more than usual',
  'Thoughts that you would be better off dead or of hurting yourself in some way',
];
const phq9: Instrument = {
  id: 'phq-9',
  title: 'PHQ-9',
  intro:
    'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
  items: itemTexts.map((text, i) => ({
    key: `q${i + 1}`,
    text,
    safety: i === 8,
    answers: often,
  })),
  min: 0,
  max: 27,
  direction: 'lower_is_better',
  bands: [
    { from: 0, to: 4, name: 'minimal' },
    { from: 5, to: 9, name: 'mild' },
    { from: 10, to: 14, name: 'moderate' },
    { from: 15, to: 19, name: 'moderately severe' },
    { from: 20, to: 27, name: 'severe' },
  ],
  credit:
    'Developed by Spitzer, Williams, Kroenke and colleagues, with an educational grant from ' +
    'Pfizer Inc.',
  minutes: 2,
  extra: {
    key: 'difficulty',
    safety: false,
    text:
      'If you checked off any problems, how difficult have these problems made it for you to do ' +
      'your work, take care of things at home, or get along with other people?',
    answers: ['Not difficult at all', 'Somewhat', 'Very', 'Extremely difficult'].map(
      (text, value) => ({ value, text }),
    ),
  },
};

const who = { name: 'Maya Osei', reference: 'EK-20417' };

function today(): Today {
  return {
    day: dayText(0),
    name: 'Maya',
    checked_in: checkedIn,
    hard_today: false,
    after_gap: !checkedIn,
    ...(answered
      ? {}
      : { questionnaire: { instrument: 'phq-9', minutes: 2, due_on: dayText(0), item_count: 9 } }),
    next_meeting: {
      id: 'm',
      at: `${dayText(2)}T10:30:00.000Z`,
      minutes: 50,
      place: 'video',
      with: 'Dr Lee',
    },
    watching: { reader: 'Dr Lee', named: true, hours: week },
    has_safety_plan: plan !== undefined,
  };
}

const totals = [17, 18, 16, 16, null, 14, 15, 13, null, 12, 11, 10, 10];
function course(): Course {
  const scores = totals.flatMap((total, i) =>
    total === null
      ? []
      : [{ entry: `${i}`, at: inDays(-7 * (12 - i)), total, band: 'moderate', prorated: i === 3 }],
  );
  const days = Array.from({ length: 60 }, (_, i) => i)
    .filter((i) => i % 6 !== 4)
    .map((i) => ({ day: dayText(-i), hard: i % 13 === 8, mood: (i * 7) % 5, activities: 1 }));
  const { title: _title, items: _items, intro: _intro, ...scale } = phq9;
  return {
    ...scale,
    instrument: 'phq-9',
    title: 'PHQ-9',
    chance: { points: 6, source: 'NHS rule' },
    scores,
    days,
    meetings: [],
    summary: [
      { code: 'change.better_than_chance', values: { from: 17, to: 10, since: inDays(-84) } },
    ],
    data_until: now().toISOString(),
  };
}

function written(entry: NewEntry): Written {
  if (entry.kind === 'check_in') checkedIn = true;
  if (entry.kind === 'answers') answered = true;
  if (entry.kind === 'safety_plan') plan = entry.body as SafetyPlan;
  if (entry.kind === 'withdrawal') checkedIn = false;
  keepOfPlan(entry);
  const show: Written['show'] = { help: false, offer: [] };
  return { id: entry.id, seq: entries.size, recorded_at: now().toISOString(), show };
}

export const clientRoutes: Route[] = [
  { method: 'GET', path: /^\/api\/today$/, act: () => ok(today()) },
  { method: 'GET', path: /^\/api\/instruments\/phq-9$/, act: () => ok(phq9) },
  {
    method: 'GET',
    path: /^\/api\/people\/[^/]+\/safety-plan$/,
    act: () => ok(plan ? { plan, updated_at: inDays(-6), updated_by: 'Maya', ...who } : who),
  },
  { method: 'GET', path: /^\/api\/people\/[^/]+\/course$/, act: () => ok(course()) },
  {
    method: 'GET',
    path: /^\/api\/people\/[^/]+\/looked$/,
    act: () =>
      ok({
        looks: [
          { at: inDays(-1), who: 'Dr Lee', role: 'therapist', what: 'read.glance' },
          {
            at: inDays(-5), who: 'Dr Ann Park', role: 'duty_clinician', what: 'emergency_access',
            reason: 'Her sister called: she has not answered the phone since last night.',
          },
          { at: inDays(-8), who: 'Kim Adeyemi', role: 'supervisor', what: 'read.course' },
        ],
      }),
  },
  {
    method: 'POST',
    path: /^\/api\/people\/[^/]+\/entries$/,
    act: ({ body }) => {
      const { sent_at: _sent, ...content } = body as NewEntry;
      const text = JSON.stringify(content);
      const before = entries.get(content.id);
      if (before !== undefined && before !== text) return problem(409, 'Other content');
      entries.set(content.id, text);
      return { status: before === undefined ? 201 : 200, body: written(body as NewEntry) };
    },
  },
];
