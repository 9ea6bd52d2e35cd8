// Duties, accounts, organisation, invitations and the second factor, made up.
import type { Cover, Covers, Duties, Organisation, Role } from '../../src/api/types';
import { service, week } from '../common_routes';
import { ok, problem, type Route } from '../route';

const hour = 3_600_000;
const at = (ago: number): string => new Date(Date.now() - ago).toISOString();
const day = (ago: number): string => at(ago * 24 * hour).slice(0, 10);
const idOf = (n: number): string => `01890000-0000-7000-8b00-${`${n}`.padStart(12, '0')}`;

let checkedOn: string | undefined = day(100);
const accounts = [
  ['Dr Lee', 'lee@example.org', 'therapist', true],
  ['Amira Haddad', 'haddad@example.org', 'duty_clinician', true],
  ['Dr Osei', 'osei@example.org', 'prescriber', false],
  ['Kim Adeyemi', 'manager@example.org', 'manager', true],
].map(([name, email, role, factor], i) => ({
  id: idOf(i + 1),
  name: String(name),
  email: String(email),
  role: role as Role,
  active: true,
  second_factor: Boolean(factor),
}));
let organisation: Organisation = {
  name: service.name,
  zone: 'Europe/London',
  region: 'GB',
  hours: week,
  holidays: ['2026-12-25', '2026-12-28'],
  duty: [{ account: idOf(2), from: at(3 * hour), to: at(-5 * hour), phone: '01632 960 123' }],
  escalation: {
    safety_minutes: 60,
    safety_act_hours: 4,
    other_seen_hours: 24,
    other_act_hours: 40,
    contacts_check_days: 90,
  },
};

function duties(): Duties {
  const overdue = checkedOn !== undefined && checkedOn < day(90);
  return {
    as_of: at(0),
    crisis_contacts: {
      owner: 'Kim Adeyemi',
      checked_on: checkedOn,
      check_due: overdue ? day(10) : day(-90),
      overdue,
      contacts: service.crisis_contacts,
    },
    unread_signals: [
      {
        signal: idOf(90), kind: 'safety_item', tier: 'safety', raised_at: at(2 * hour),
        due: at(hour), overdue: true, owner: 'Dr Lee', escalation: 1,
      },
      {
        signal: idOf(91), kind: 'silence', tier: 'silent', raised_at: at(30 * hour),
        due: at(-4 * hour), overdue: false, owner: 'Dr Lee', escalation: 0,
      },
    ],
    unread_count: 2,
    backup: { last: at(9 * hour), last_key_copy: at(40 * 24 * hour), overdue: true },
    without_second_factor: accounts
      .filter((account) => account.active && !account.second_factor)
      .map(({ id, name, role }) => ({ account: id, name, role })),
  };
}
const nameOf = (account: string): string =>
  accounts.find(({ id }) => id === account)?.name ?? '';
let covers: Cover[] = [
  {
    away: idOf(1), away_name: 'Dr Lee', by: idOf(2), by_name: 'Amira Haddad',
    first_day: day(-6), last_day: day(-13), people: 41,
  },
];
function coversNow(): Covers {
  const clinicians = accounts.filter(({ role, active }) => active && role !== 'manager');
  return {
    today: day(0),
    staff: clinicians.map(({ id, name, role }) => ({ account: id, name, role })),
    covers,
  };
}
const invitation = () => ({ code: 'HARBOUR-4417-LEVEL', expires_at: at(-14 * 24 * hour) });

export const managerRoutes: Route[] = [
  { method: 'GET', path: /^\/api\/duties$/, act: () => ok(duties()) },
  {
    method: 'POST',
    path: /^\/api\/crisis-contacts\/checked$/,
    act: () => {
      checkedOn = day(0);
      return { status: 204 };
    },
  },
  { method: 'GET', path: /^\/api\/cover$/, act: () => ok(coversNow()) },
  {
    method: 'POST',
    path: /^\/api\/cover$/,
    act: ({ body }) => {
      const asked = body as Pick<Cover, 'by' | 'first_day' | 'last_day'> & { away?: string };
      const away = asked.away ?? idOf(1);
      if (covers.some((each) => each.away === away && each.last_day >= asked.first_day)) {
        return problem(
          409,
          'Somebody stands in on some of these days already. End that cover first, or choose ' +
            'other days.',
          '/last_day',
        );
      }
      const { by, first_day, last_day } = asked;
      const names = { away_name: nameOf(away), by_name: nameOf(by) };
      const made = { away, by, ...names, first_day, last_day, people: 41 };
      covers.push(made);
      return { status: 201, body: made };
    },
  },
  {
    method: 'POST',
    path: /^\/api\/cover\/end$/,
    act: ({ body }) => {
      const { away, by } = body as Pick<Cover, 'away' | 'by'>;
      covers = covers.filter((each) => each.away !== away || each.by !== by);
      return { status: 204 };
    },
  },
  { method: 'GET', path: /^\/api\/accounts$/, act: () => ok({ accounts }) },
  {
    method: 'POST',
    path: /^\/api\/accounts$/,
    act: ({ body }) => {
      const { name, email, role } = body as { name: string; email: string; role: Role };
      if (accounts.some((account) => account.email === email)) {
        return problem(422, 'This email has an account already', '/email');
      }
      const id = idOf(accounts.length + 1);
      accounts.push({ id, name, email, role, active: true, second_factor: false });
      return { status: 201, body: { id, ...invitation() } };
    },
  },
  {
    method: 'POST',
    path: /^\/api\/accounts\/([^/]+)\/disable$/,
    act: ({ values }) => {
      const account = accounts.find((each) => each.id === values[0]);
      if (!account) return problem(404, 'No such account');
      account.active = false;
      return { status: 204 };
    },
  },
  { method: 'GET', path: /^\/api\/organisation$/, act: () => ok(organisation) },
  {
    method: 'PUT',
    path: /^\/api\/organisation$/,
    act: ({ body }) => {
      organisation = body as Organisation;
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: /^\/api\/people$/,
    act: () => ({
      status: 201,
      body: { person: '01890000-0000-7000-8000-000000000001', invitation: invitation() },
    }),
  },
  {
    method: 'POST',
    path: /^\/api\/me\/second-factor$/,
    act: () =>
      ok({
        secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        uri:
          'otpauth://totp/Evenkeel:lee@example.org' +
          '?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Evenkeel',
      }),
  },
  {
    method: 'PUT',
    path: /^\/api\/me\/second-factor$/,
    act: ({ body }) =>
      (body as { code?: string }).code === '000000'
        ? problem(422, 'This code does not fit. Wait for the next one', '/code')
        : { status: 204 },
  },
  { method: 'PUT', path: /^\/api\/me\/password$/, act: () => ({ status: 204 }) },
];
