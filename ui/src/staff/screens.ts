// Which screen of staff an address means, for a role. Each is a file of its own, fetched when it is
// wanted; the server decides again what the role may see.
import type { Component } from 'svelte';
import type { Role } from '../api/types';
import { match } from '../routing/router.svelte';
import { arrangesCover, invitesClients, manages, refers, seesPeople, takesIn } from './roles';

// The address gives a screen its props, "/people/:person" the person.
type Screen = Component<Record<string, string>>;
type Load = () => Promise<{ default: unknown }>;

const anyone = (): boolean => true;
const others = (role: Role): boolean => !manages(role) && !seesPeople(role);
const screens: [pattern: string, role: (role: Role) => boolean, load: Load][] = [
  ['/', manages, () => import('./duties/Duties.svelte')],
  ['/', seesPeople, () => import('./caseload/Caseload.svelte')],
  ['/', others, () => import('./calm/Calm.svelte')],
  ['/mine', anyone, () => import('./mine/Mine.svelte')],
  ['/invite', invitesClients, () => import('./invite/Invite.svelte')],
  ['/cover', arrangesCover, () => import('./cover/Cover.svelte')],
  ['/accounts', manages, () => import('./accounts/Accounts.svelte')],
  ['/organisation', manages, () => import('./organisation/Organisation.svelte')],
  ['/people/:person', seesPeople, () => import('./glance/Glance.svelte')],
  ['/people/:person/safety-plan', seesPeople, () => import('./safety_plan/SafetyPlanPage.svelte')],
  ['/people/:person/assessment', seesPeople, () => import('./assessment/Assessment.svelte')],
  ['/people/:person/options', seesPeople, () => import('./options/Options.svelte')],
  ['/people/:person/plan', seesPeople, () => import('./treatment/Treatment.svelte')],
  [
    '/people/:person/relapse-plan', seesPeople,
    () => import('./relapse_plan/RelapsePlanPage.svelte'),
  ],
  ['/people/:person/discharge', seesPeople, () => import('./discharge/Discharge.svelte')],
  ['/emergency', seesPeople, () => import('./emergency/Emergency.svelte')],
  ['/waiting', takesIn, () => import('./waiting/WaitingList.svelte')],
  ['/waiting/refer', refers, () => import('./refer/Refer.svelte')],
  ['/people/:person/referral', seesPeople, () => import('./referral/Referral.svelte')],
  ['/signals', seesPeople, () => import('./signals/Signals.svelte')],
];
const starts = ['/sign-in', '/duties'];

export interface Wanted {
  load: () => Promise<{ default: Screen }>;
  props: Record<string, string>;
}

export function screenOf(role: Role, path: string): Wanted {
  const at = starts.includes(path) ? '/' : path;
  for (const [pattern, may, load] of screens) {
    const props = match(pattern, at);
    if (props && may(role)) return { load: load as Wanted['load'], props };
  }
  return { load: () => import('./frame/NotHere.svelte'), props: {} };
}
