// A signal for the page of examples. Nobody here is real.
import type { Signal, SupportTool } from '../../api/types';

const at = '2026-11-24T07:14:00.000Z';
export const now = new Date('2026-11-24T08:52:00Z');
export const signal: Signal = {
  id: '01890000-0000-7000-8000-000000000001',
  person: '01890000-0000-7000-8000-000000000002',
  name: 'Ruth Adeyemi',
  kind: 'safety_item',
  tier: 'safety',
  raised_at: at,
  reason: { code: 'reason.safety_item', values: { value: 1, previous: 0, at } },
  owner: 'Dr Lee',
  due: '2026-11-24T10:00:00.000Z',
  escalation: 0,
  state: 'seen',
  steps: [
    { step: 'raised', at },
    { step: 'seen', at: '2026-11-24T08:40:00.000Z', who: 'Dr Lee' },
  ],
  why: {
    method: 'safety item 1',
    source: 'NICE NG225',
    inputs: [{ name: 'safety_item', value: 1, at }],
    rule: { code: 'rule.safety_item', values: {} },
    uncertainty: { code: 'uncertainty.safety_item', values: {} },
    cannot_tell: { code: 'cannot_tell.safety_item', values: {} },
  },
};

export const notOnTrack: Signal = {
  ...signal,
  id: '01890000-0000-7000-8000-000000000003',
  name: 'Arjun Mehta',
  kind: 'not_on_track',
  tier: 'not_on_track',
  reason: {
    code: 'reason.not_on_track',
    values: { to: 17, lower: 5.1, upper: 13.6, n_comparable: 412, simulated: 1 },
  },
  support_tool: 'not_on_track',
};
export const supportTool: SupportTool = {
  id: 'not_on_track',
  title: 'What may be part of it?',
  areas: [
    {
      area: 'alliance',
      title: 'Working together',
      ask: ['Do we agree on what we work toward, and on how?'],
      source: 'evenkeel',
      page: 'decision',
      to_be_verified: false,
    },
    {
      area: 'risk',
      title: 'Safety',
      ask: ['Has the person been asked about thoughts of suicide since the score?'],
      source: 'evenkeel',
      page: 'decision',
      to_be_verified: false,
    },
  ],
};
