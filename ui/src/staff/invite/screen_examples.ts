import type { ScreenExample } from '../../examples/example';
import Invite from './Invite.svelte';

export const screen = Invite;
export const examples: ScreenExample[] = [
  { title: 'A therapist invites a client' },
  { title: 'A manager says for whom', as: 'manager@example.org' },
];
