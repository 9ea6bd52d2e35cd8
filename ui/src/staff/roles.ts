// What each role can do here; the server decides again at every request.
import type { Role } from '../api/types';

const withPeople: Role[] = [
  'therapist', 'group_co_leader', 'supervisor', 'prescriber', 'specialist', 'duty_clinician',
];
export function seesPeople(role: Role): boolean {
  return withPeople.includes(role);
}
export function manages(role: Role): boolean {
  return role === 'manager' || role === 'administrator';
}
export function arrangesCover(role: Role): boolean {
  return invitesClients(role);
}
export function invitesClients(role: Role): boolean {
  return role === 'therapist' || role === 'manager';
}
export function takesIn(role: Role): boolean {
  return role === 'manager' || role === 'duty_clinician';
}
export function refers(role: Role): boolean {
  return takesIn(role) || role === 'therapist';
}
