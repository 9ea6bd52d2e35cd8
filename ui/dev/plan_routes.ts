// A made-up assessment, the advice that follows, and a plan with two versions. Nobody here is real.
import type {
  Advice, Assessment, Fact, NewEntry, PlanItem, PlanVersion, Rule, TreatmentPlan,
} from '../src/api/types';
import { ok, type Route } from './route';

const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();
const team = [
  { id: '01890000-0000-7000-8000-0000000000aa', name: 'Dr Lee' },
  { id: '01890000-0000-7000-8000-0000000000ab', name: 'Kim Adeyemi' },
];

const flag = (fact: string, group: string, says: string, more: Partial<Fact> = {}): Fact => ({
  fact, group, says, kind: 'flag', values: ['yes', 'no'], of_record: false, to_clinician: false,
  ...more,
});
const told = (value: string, by: 'client' | 'clinician'): Partial<Fact> => ({
  value, told_by: by, at: inDays(-9),
});
const before = 'Before any plan';
const facts: Fact[] = [
  {
    fact: 'phq9', group: 'This episode', says: 'PHQ-9 total', kind: 'number', values: [], min: 0,
    max: 27, of_record: true, to_clinician: false, value: '14',
  },
  {
    fact: 'episodes', group: 'This episode', says: 'episodes of depression, this one included',
    kind: 'number', values: [], min: 1, max: 99, of_record: false, to_clinician: false,
    ...told('2', 'client'),
  },
  flag('chronic_symptoms', 'This episode', 'chronic symptoms of depression'),
  flag('bipolar_history', before, 'mania or hypomania, now or before', { to_clinician: true }),
  flag('current_medicines', before, 'takes medicines', {
    to_clinician: true, ...told('yes', 'client'),
  }),
  flag('wants_treatment', 'What the person wants', 'wants treatment', told('yes', 'client')),
  {
    fact: 'treatment', group: 'Treatment now', says: 'treatment now', kind: 'choice',
    values: ['none', 'therapy', 'antidepressant', 'combination'], of_record: false,
    to_clinician: false, ...told('none', 'clinician'),
  },
];

const nice = 'NICE (2022): Depression in adults: treatment and management (NG222)';
const option = (id: string, name: string, detail?: string): Rule['options'][number] => ({
  option: id, name, to_be_verified: false, effects: [], ...(detail ? { detail } : {}),
});
const rules: Rule[] = [
  {
    rule: 'P01', guideline: 'evenkeel',
    recommendation: 'A clinician reviews the plan before it starts.',
    plain:
      'Before we plan together, a clinician looks at what you told us, so that the plan is safe ' +
      'for you.',
    source: 'Evenkeel', section: 'decision: questions before any plan', to_be_verified: false,
    why: [{ says: 'takes medicines', value: 'yes', needs: 'yes' }], options: [], against: [],
  },
  {
    rule: 'N04', guideline: 'nice-ng222',
    recommendation: 'Discuss the options for less severe depression in this order.',
    plain: 'Several kinds of help can come first. We choose together.',
    source: nice, section: 'Table 1', to_be_verified: false,
    why: [
      { says: 'PHQ-9 total', value: '14', needs: '15 or less' },
      { says: 'wants treatment', value: 'yes', needs: 'yes' },
    ],
    options: [
      option('guided-self-help', 'Guided self-help', '6 to 8 meetings'),
      {
        ...option('ba', 'Individual behavioural activation', 'about 8 meetings'),
        preference: { option: 'ba', wish: 'wants', words: 'I want to get out again.' },
        effects: [
          {
            name: 'Talking therapy', against: 'usual care', measure: 'SMD', lower: 0.5,
            upper: 0.73, bounds: 'range of estimates', source: 'Simon et al. (2024), abstract',
          },
        ],
      },
      { ...option('ssri', 'An SSRI'), only_if: 'prefers an antidepressant: yes' },
    ],
    against: ['An antidepressant'],
  },
];
const ownRules = rules.map(({ recommendation: _staff, ...rest }) => ({ ...rest, why: [] }));
const advice: Advice = {
  as_of: inDays(0),
  rules,
  undecided: [
    {
      rule: 'N06', recommendation: 'Consider behavioural couples therapy.',
      missing: ['a relationship problem is linked to the depression'],
    },
  ],
  would_change: [
    {
      rule: 'N05',
      recommendation: 'Discuss the options for more severe depression in this order.',
      change: { says: 'PHQ-9 total', value: '14', needs: '16 or more' },
    },
  ],
};

const item: PlanItem = {
  item: '01890000-0000-7000-8000-00000000aa01',
  problem: 'I stay in. Days run into each other, and evenings are the worst.',
  goal: {
    words: 'See Sam every week, and be outside once a day',
    steps: ['Write to Sam on Sunday', 'Walk to the lock before breakfast'],
  },
  method: {
    option: 'ba', rule: 'N04', reason: 'Maya wants to get out again, and mornings are possible.',
    name: 'Individual behavioural activation', plain: rules[1]!.plain, source: nice,
    section: 'Table 1',
  },
  measure: 'phq-9',
  measure_title: 'PHQ-9',
  review_on: inDays(28).slice(0, 10),
  responsible: team[0]!.id,
  responsible_name: 'Dr Lee',
  standing: 'going_on',
  ratings: [
    { at: inDays(-20), rating: 2, own: true },
    { at: inDays(-6), rating: 4, words: 'Twice this week.', own: true },
  ],
};
const answer = { answer: 'agrees', at: inDays(-8) } as const;
const now: PlanVersion = { version: 21, at: inDays(-8), by: 'Dr Lee', items: [item], answer };
const { method: _none, ...first } = item;
const earlier: PlanVersion = {
  version: 17, at: inDays(-15), by: 'Dr Lee',
  items: [{ ...first, problem: 'I stay in.', review_on: inDays(10).slice(0, 10) }],
};
const plan: TreatmentPlan = {
  ...now,
  preferences: [
    {
      option: 'ba', wish: 'wants', words: 'I want to get out again.', at: inDays(-16), own: true,
      name: 'Individual behavioural activation',
    },
  ],
  team,
  options: rules[1]!.options.map(({ option: id, name }) => ({ id, name })),
  measures: [{ id: 'phq-9', name: 'PHQ-9' }, { id: 'who-5', name: 'WHO-5' }],
};

/** What was written of the plan is there when it is asked for again. */
export function keepOfPlan(entry: NewEntry): void {
  if (entry.kind === 'goal_rated') {
    const { rating } = entry.body as { rating: number };
    item.ratings = [...item.ratings, { at: inDays(0), rating, own: true }];
  }
}

const get = (what: string, act: Route['act']): Route => ({
  method: 'GET', path: new RegExp(`^/api/people/[^/]+/${what}$`), act,
});
export const planRoutes: Route[] = [
  get('assessment', () => ok({ facts } satisfies Assessment)),
  get('advice', ({ email }) =>
    ok(
      email?.startsWith('maya')
        ? { ...advice, rules: ownRules, undecided: [], would_change: [] }
        : advice,
    ),
  ),
  get('plan', () => ok(plan)),
  get('plan/versions', () => ok({ versions: [now, earlier] })),
];
