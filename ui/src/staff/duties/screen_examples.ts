import type { Duties } from '../../api/types';
import { service } from '../../../dev/common_routes';
import type { ScreenExample } from '../../examples/example';
import DutiesScreen from './Duties.svelte';

const today = new Date().toISOString();
const done: Duties = {
  as_of: today,
  crisis_contacts: {
    owner: 'Kim Adeyemi',
    checked_on: today.slice(0, 10),
    check_due: '2099-01-01',
    overdue: false,
    contacts: service.crisis_contacts,
  },
  unread_signals: [],
  unread_count: 0,
  backup: { last: today, last_key_copy: today, last_restore_drill: today, overdue: false },
  without_second_factor: [],
};
const as = 'manager@example.org';
export const screen = DutiesScreen;
export const examples: ScreenExample[] = [
  { title: 'Each duty is overdue', as },
  { title: 'Nothing is owed', as, answers: { '/api/duties': { status: 200, body: done } } },
];
