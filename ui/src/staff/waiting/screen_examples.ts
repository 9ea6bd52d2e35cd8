import type { WaitingList as List, WaitingRow } from '../../api/types';
import type { ScreenExample } from '../../examples/example';
import WaitingList from './WaitingList.svelte';

const as = 'manager@example.org';
const row = (n: number, name: string, more: Partial<WaitingRow>): WaitingRow => ({
  person: `01890000-0000-7000-8c00-00000000000${n}`,
  name,
  reference: `EK-4011${n}`,
  stage: 'waiting',
  source: 'self',
  received_at: new Date(Date.now() - n * 9 * 86_400_000).toISOString(),
  reason: { code: 'reason.wait_by_time', values: {} },
  ...more,
});
const forecast = { people: 48, from_days: 6, to_days: 41 };
const list: List = {
  as_of: new Date().toISOString(),
  people: [
    row(1, 'Rosa Bianchi', {
      stage: 'received',
      reason: { code: 'reason.wait_safety', values: {} },
    }),
    row(2, 'Tomas Novak', {
      stage: 'received',
      source: 'professional',
      reason: { code: 'reason.wait_undecided', values: {} },
    }),
    row(3, 'Harjit Singh', { reason: { code: 'reason.wait_worse', values: {} }, forecast }),
    row(4, 'Grace Okafor', { forecast, wishes: 'Mornings.', wishes_therapist: 'Dr Osei' }),
    row(5, 'Lena Fischer', {
      forecast: { people: 12, from_days: 20 },
      offered: 'A guided online course, from next week.',
    }),
  ],
  therapists: [{ account: '01890000-0000-7000-8b00-000000000001', name: 'Dr Lee' }],
  history: { people: 71, began: 58, needed: 20 },
};
const of = (body: List) => ({ '/api/waiting': { status: 200, body } });

export const screen = WaitingList;
export const examples: ScreenExample[] = [
  { title: 'Five people, two of them new', as, answers: of(list) },
  {
    title: 'Nobody waits, and too few did before',
    as,
    answers: of({ ...list, people: [], history: { people: 9, began: 4, needed: 20 } }),
  },
];
