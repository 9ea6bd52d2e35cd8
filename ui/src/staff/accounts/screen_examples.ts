import type { ScreenExample } from '../../examples/example';
import Accounts from './Accounts.svelte';

const as = 'manager@example.org';
export const screen = Accounts;
export const examples: ScreenExample[] = [
  { title: 'Colleagues, one of them without a second factor', as },
  {
    title: 'Nobody yet',
    as,
    answers: { '/api/accounts': { status: 200, body: { accounts: [] } } },
  },
];
