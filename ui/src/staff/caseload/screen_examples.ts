import type { ScreenExample } from '../../examples/example';
import Caseload from './Caseload.svelte';

const nobody = { as_of: new Date().toISOString(), total: 0, tiers: [] };
export const screen = Caseload;
export const examples: ScreenExample[] = [
  { title: 'Who needs a look, and the first of them' },
  { title: 'Nobody yet', answers: { '/api/caseload': { status: 200, body: nobody } } },
  { title: 'The server does not answer', answers: { '/api/caseload': { status: 503 } } },
];
