import type { Me, Role, Service, SignIn } from '../src/api/types';
import { ok, problem, type Route } from './route';

const accounts: Record<string, { name: string; role: Role; code?: string; mustEnrol?: true }> = {
  'maya@example.org': { name: 'Maya', role: 'client' },
  'lee@example.org': { name: 'Dr Lee', role: 'therapist' },
  'coded@example.org': { name: 'Dr Novak', role: 'therapist', code: '123456' },
  'manager@example.org': { name: 'Kim Adeyemi', role: 'manager' },
  'sam@example.org': { name: 'Sam', role: 'supporter' },
  'fresh@example.org': { name: 'Dr Fresh', role: 'therapist', mustEnrol: true },
};

export const week = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((weekday) => ({
  weekday,
  from: '09:00',
  to: '17:00',
}));

export const service: Service = {
  name: 'Canal Street Talking Therapies',
  demo: true,
  solo: false,
  zone: 'Europe/London',
  region: 'GB',
  server_time: new Date().toISOString(),
  crisis_contacts: [
    { name: 'Emergency', number: '112', kind: 'emergency' },
    { name: 'Crisis line', number: '01632 960 000', kind: 'line', hours: 'Day and night' },
  ],
  hours: { open_now: false, sentence_code: 'custom', days: week },
};

export function meOf(email: string): Me | undefined {
  const account = accounts[email];
  if (!account) return undefined;
  const me: Me = {
    account: '01890000-0000-7000-8000-000000000001',
    name: account.name,
    role: account.role,
    zone: 'Europe/London',
    email,
    device_is_mine: true,
    second_factor: account.mustEnrol ? 'required' : 'off',
    server_time: new Date().toISOString(),
    session_expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  };
  if (account.role === 'client') me.person = '01890000-0000-7000-8000-0000000000aa';
  return me;
}

const helpPage = `<!doctype html><html lang="en"><title>Get help now</title>
<h1>Get help now</h1><p><a href="tel:112">Call 112</a></p></html>`;

export const commonRoutes: Route[] = [
  { method: 'GET', path: /^\/api\/service$/, act: () => ok(service) },
  {
    method: 'GET',
    path: /^\/help$/,
    act: () => ({ status: 200, body: helpPage, type: 'text/html' }),
  },
  {
    method: 'GET',
    path: /^\/api\/me$/,
    act: ({ email }) => {
      const me = email ? meOf(email) : undefined;
      return me ? ok(me) : problem(401, 'Sign in first');
    },
  },
  {
    method: 'POST',
    path: /^\/api\/sign-in$/,
    act: ({ body }) => {
      const { email, code } = body as SignIn;
      const account = accounts[email];
      if (!account) return problem(401, 'Email or password does not fit', '/password');
      if (account.code && code !== account.code) return problem(401, 'Code needed', '/code');
      return { ...ok(meOf(email)), email };
    },
  },
  {
    method: 'POST',
    path: /^\/api\/sign-out$/,
    act: () => ({ status: 204, email: '' }),
  },
  {
    method: 'GET',
    path: /^\/api\/invitations\/([^/]+)$/,
    act: ({ values }) =>
      values[0] === 'OLD'
        ? problem(404, 'No such invitation')
        : ok({
            name: 'Maya',
            role: 'client',
            service: service.name,
            needs_sign_in_name: values[0] === 'NAMELESS',
          }),
  },
  {
    method: 'POST',
    path: /^\/api\/invitations\/([^/]+)$/,
    act: () => ({ ...ok(meOf('maya@example.org')), email: 'maya@example.org' }),
  },
];
