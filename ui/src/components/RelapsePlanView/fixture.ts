// A relapse plan for the examples. Nobody here is real.
import type { RelapsePlan } from '../../api/types';
import { emptyPlan } from './parts';

export const plan: RelapsePlan = {
  parts: {
    ...emptyPlan().parts,
    signs: [
      {
        domain: 'sleep',
        sign: 'I wake at four and lie there.',
        lead_days: 14,
        others_see: 'Sam says I sigh at breakfast.',
        i_do: 'Up at seven, out into the light.',
        i_tell: 'Sam',
      },
      { domain: 'withdrawal', sign: 'I let the phone ring.', i_do: 'Send Sam one word.' },
    ],
    triggers: ['Long dark weeks without a walk.', 'Work that piles up while I say nothing.'],
    events: [{ what: 'The day Dad died', on: '2027-02-03' }, { what: 'Moving house' }],
    coping: ['A walk before noon, five days a week.', 'The Friday look at my week.'],
    supporters: [{ name: 'Sam', phone: '01632 960 031', note: 'Any time' }],
    medicines: 'One tablet each morning, until spring.',
    early: { when: 'Two signs for three days', step: 'Walk each day. Tell Sam.' },
    worse: { when: 'Two weeks, or I stay in bed', step: 'Ask to come back.' },
    urgent: { when: 'I think of dying', step: 'Use my safety plan. Call.' },
  },
};
