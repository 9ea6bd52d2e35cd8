import type { ScreenExample } from '../../examples/example';
import Cover from './Cover.svelte';

const as = 'manager@example.org';
export const screen = Cover;
export const examples: ScreenExample[] = [
  { title: 'A manager sees every cover', as },
  { title: 'A therapist arranges the own leave' },
  {
    title: 'Nobody is away',
    as,
    answers: {
      '/api/cover': { status: 200, body: { today: '2026-11-24', staff: [], covers: [] } },
    },
  },
];
