import type { ScreenExample } from '../../examples/example';
import Referral from './Referral.svelte';

const person = '01890000-0000-7000-8c00-000000000001';
const path = `/api/people/${person}/referral`;
const referral = {
  id: '01890000-0000-7000-8c00-0000000000a1',
  received_at: '2026-11-23T16:20:00.000Z',
  stage: 'received',
  received: {
    source: 'self',
    trouble: 'I sleep badly and nothing gives me pleasure.\nIt has been so since spring.',
    thoughts: 'yes_or_unsure',
    phone: '01632 960 050',
    reach: 'After four. Please leave no message.',
    consent: true,
  },
};
const of = (more: object) => ({
  [path]: {
    status: 200,
    body: { referral: { ...referral, ...more }, name: 'Rosa Bianchi', reference: 'EK-40113' },
  },
});

export const screen = Referral;
export const examples: ScreenExample[] = [
  { title: 'Somebody asked by themselves', props: { person }, answers: of({}) },
  {
    title: 'Referred, and declined with a reason',
    props: { person },
    answers: of({
      stage: 'declined',
      ended_at: '2026-11-24T09:00:00.000Z',
      ended_because: 'The alcohol service can help sooner.',
      received: {
        ...referral.received,
        source: 'professional',
        thoughts: 'no',
        referrer: 'Dr Hill, Lock Lane surgery',
      },
    }),
  },
];
