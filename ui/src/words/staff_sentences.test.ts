// Goal: every sentence that the server may send about a person has words for staff, with values
// filled in, and none of the words we do not use.
import { beforeAll, describe, expect, it } from 'vitest';
import { expectation, limits, reliableChange, warning } from '../staff/glance/fixture';
import { say } from '../staff/say';
import { useZone } from '../time/clock';
import { enStaff } from './en_staff';
import { addWords } from './index';

const at = '2026-11-24T07:14:00.000Z';
const change = { from: 18, to: 12, since: '2026-09-21T09:00:00.000Z' };
const sentences: Record<string, Record<string, string | number>> = {
  'reason.safety_item': { value: 1, previous: 0, at },
  'reason.safety_item_skipped': { at },
  'reason.hard_day_thoughts': { at },
  'reason.referral_thoughts': { at },
  'reason.referral': { at },
  'reason.referral_by_professional': { at },
  'reason.wait_safety': {},
  'reason.wait_undecided': {},
  'reason.wait_worse': {},
  'reason.wait_clinical': {},
  'reason.wait_by_time': {},
  'reason.asked': { at, text: 'Call me' },
  'reason.emergency_access': { who: 'Dr Lee', at, text: 'The police called' },
  'reason.worse_from_first': change,
  'reason.worse_from_best': change,
  'reason.silence': { days: 12, usual_days: 2 },
  'reason.missed_meeting': { at },
  'reason.meeting': { at, number: 3 },
  'reason.first_meeting': { at },
  'reason.better': {},
  'reason.same': {},
  'reason.worse': change,
  'reason.changed': change,
  'reason.no_scores': {},
  'reason.one_score': {},
  'change.better_than_chance': change,
  'change.worse_than_chance': change,
  'change.could_be_chance': change,
  'change.unknown_chance': change,
  'change.first_score': { total: 18 },
  'change.risk_new': { value: 1 },
  'change.risk_again': { value: 2 },
  'change.sleep': { hours: 5, before: 6.5 },
  'change.hard_days': { count: 2, days: 7 },
  'change.check_ins': { count: 5, days: 7 },
  'change.nothing_said': { since: at },
  'rule.safety_item': {},
  'rule.reliable_change': { points: 6 },
  'rule.deterioration': { points: 6 },
  'reason.not_on_track': { to: 16, lower: 5.2, upper: 13.8, n_comparable: 412, simulated: 1 },
  'reason.no_response': change,
  'reason.relapse_alert': { from: 2.5, first: 12, to: 13, since: at },
  'reason.mood_below': { n: 60, days_outside: 3 },
  'reason.mood_swings': { n: 120 },
  'reason.came_back': { at, text: 'Please.' },
  'reason.in_watch': { until: at },
  'reason.watch_paused': { until: at },
  'reason.ended': { since: at },
  'rule.relapse_alert': { points: 6 },
  'rule.early_warning': {},
  'rule.came_back': {},
  'rule.not_on_track': { n_comparable: 412 },
  'rule.no_response': { days: 28, percent: 20 },
  'rule.missed_meeting': {},
  'rule.hard_day_thoughts': {},
  'rule.referral_thoughts': {},
  'rule.referral': {},
  'rule.silence': { factor: 2, days: 2 },
  'rule.asked': {},
  'rule.emergency_access': {},
};
for (const kind of [
  'safety_item', 'hard_day_thoughts', 'asked_for_contact', 'deterioration', 'not_on_track',
  'no_response', 'relapse_alert', 'early_warning', 'came_back', 'silence',
  'asked', 'missed_meeting', 'emergency_access',
  'referral_thoughts', 'referral',
]) {
  sentences[`uncertainty.${kind}`] = {};
  sentences[`cannot_tell.${kind}`] = {};
}
for (const finding of [
  reliableChange(18, 11), reliableChange(9, 16), reliableChange(12, 12),
  limits('inside', 0), limits('above', 1), limits('below', 5),
  warning('rising'), warning('inside'),
  expectation('inside'), expectation('better'), expectation('worse'),
]) {
  for (const { code, values } of [
    finding.says, finding.why.rule, finding.why.uncertainty, finding.why.cannot_tell,
  ]) {
    sentences[code] = values;
  }
}
const now = new Date('2026-11-24T08:52:00Z');

beforeAll(() => {
  useZone('Europe/London');
  addWords(enStaff);
});

describe('sentences for staff', () => {
  for (const [code, values] of Object.entries(sentences)) {
    it(`words ${code}`, () => {
      const text = say({ code, values }, { now, pronoun: 'she' });
      expect(text).not.toBe(code);
      expect(text).toMatch(/[.”]$/);
      expect(text).not.toMatch(/undefined|NaN|null|\[object/);
      expect(text).not.toMatch(/!|failed|compliant|committed|normal/i);
    });
  }
  it('says when, how often and what it was before', () => {
    const values = { value: 1, previous: 0, at };
    expect(say({ code: 'reason.safety_item', values }, { now })).toBe(
      'Item 9 answered “several days”, 07:14 today. Was “not at all”.',
    );
  });
  it('says a finding with its figures, and an early warning as worth a look', () => {
    expect(say(reliableChange(18, 11).says, { now })).toBe(
      'PHQ-9: 11, 7 lower than at first. Better by more than chance.',
    );
    expect(say(warning('rising').says, { now })).toContain('worth a look');
  });
  it('agrees with the pronoun', () => {
    const risk = { code: 'change.risk_new', values: { value: 1 } };
    expect(say(risk, { now, pronoun: 'they' })).toContain('they report ');
    expect(say(risk, { now, pronoun: 'he' })).toContain('he reports ');
  });
});
