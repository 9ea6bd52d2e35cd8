// Goal: an address leads each role to its screen, and to none that is not for it.
import { describe, expect, it } from 'vitest';
import type { Role } from '../api/types';
import { screenOf } from './screens';

const nameOf = async (role: Role, path: string): Promise<string> => {
  const { load } = screenOf(role, path);
  return String(load).match(/\/(\w+)\.svelte/)?.[1] ?? '';
};

describe('the screen of an address', () => {
  it('is the first screen of the role', async () => {
    expect(await nameOf('therapist', '/')).toBe('Caseload');
    expect(await nameOf('prescriber', '/sign-in')).toBe('Caseload');
    expect(await nameOf('manager', '/')).toBe('Duties');
    expect(await nameOf('administrator', '/duties')).toBe('Duties');
    expect(await nameOf('supporter', '/')).toBe('Calm');
    expect(await nameOf('duty_clinician', '/waiting')).toBe('WaitingList');
    expect(await nameOf('manager', '/waiting')).toBe('WaitingList');
    expect(await nameOf('therapist', '/waiting')).toBe('NotHere');
    expect(await nameOf('therapist', '/waiting/refer')).toBe('Refer');
    expect(await nameOf('manager', '/people/p1/referral')).toBe('NotHere');
  });
  it('has what the address names', async () => {
    expect(screenOf('therapist', '/people/p1').props).toEqual({ person: 'p1' });
    expect(await nameOf('therapist', '/people/p1')).toBe('Glance');
    expect(await nameOf('therapist', '/people/p1/safety-plan')).toBe('SafetyPlanPage');
  });
  it('is not there for a role that it is not for', async () => {
    for (const path of ['/people/p1', '/signals', '/emergency']) {
      expect(await nameOf('manager', path), path).toBe('NotHere');
      expect(await nameOf('supporter', path), path).toBe('NotHere');
    }
    for (const path of ['/accounts', '/organisation', '/nowhere']) {
      expect(await nameOf('therapist', path), path).toBe('NotHere');
    }
    expect(await nameOf('prescriber', '/invite')).toBe('NotHere');
    expect(await nameOf('manager', '/invite')).toBe('Invite');
    for (const role of ['prescriber', 'administrator', 'supporter'] as const) {
      expect(await nameOf(role, '/cover'), role).toBe('NotHere');
    }
    expect(await nameOf('therapist', '/cover')).toBe('Cover');
  });
});
