import type { Bodies, NewEntry, Signal } from '../src/api/types';
import { ok, problem, type Route } from './route';
import { summary } from '../src/components/CareSummary/fixture';
import { plan as relapsePlan } from '../src/components/RelapsePlanView/fixture';
import { supportTool } from '../src/staff/signals/fixture';
import { managerRoutes } from './staff/manager';
import { glanceOf, signals, started, tiersNow, total } from './staff/people';

const written = new Map<string, string>();

function step(signal: Signal, entry: NewEntry): void {
  const at = new Date().toISOString();
  const body = entry.body as Partial<Bodies['signal_closed']>;
  const name = { signal_seen: 'seen', signal_action: 'action', signal_closed: 'closed' } as const;
  signal.steps.push({
    step: name[entry.kind as keyof typeof name],
    at,
    who: 'Dr Lee',
    ...(body.action ? { action: body.action } : {}),
    ...(body.text ? { text: body.text } : {}),
    ...(body.judgement ? { judgement: body.judgement } : {}),
    ...(body.support ? { support: { areas: [], ...body.support } } : {}),
  });
  const after = { signal_seen: 'seen', signal_action: 'acted', signal_closed: 'closed' } as const;
  signal.state = after[entry.kind as keyof typeof name];
}

export const staffRoutes: Route[] = [
  ...managerRoutes,
  {
    method: 'POST',
    path: /^\/api\/emergency-access$/,
    act: () => problem(404, 'No record has exactly this identifier.'),
  },
  // No live updates here: 204 tells the browser not to ask again.
  { method: 'GET', path: /^\/api\/events$/, act: () => ({ status: 204 }) },
  {
    method: 'GET',
    path: /^\/api\/caseload$/,
    act: () =>
      ok({
        as_of: new Date().toISOString(),
        total,
        duty: {
          name: 'Amira Haddad',
          phone: '01632 960 123',
          until: new Date(started + 8 * 3_600_000).toISOString(),
        },
        tiers: tiersNow(),
      }),
  },
  {
    method: 'GET',
    path: /^\/api\/people\/([^/]+)\/glance$/,
    act: ({ values }) => {
      if (values[0] === 'NOT-MINE') return problem(403, 'You have no access to this.');
      const glance = glanceOf(values[0] ?? '');
      return glance ? ok(glance) : problem(404, 'No such person');
    },
  },
  {
    method: 'GET',
    path: /^\/api\/support-tools\/not_on_track$/,
    act: () => ok(supportTool),
  },
  {
    method: 'GET',
    path: /^\/api\/people\/([^/]+)\/relapse-plan$/,
    act: () =>
      ok({
        entry: '01890000-0000-7000-8b00-000000000001',
        plan: relapsePlan,
        updated_at: new Date(started - 9 * 86_400_000).toISOString(),
        updated_by: 'Dr Lee',
        missing: [],
        name: 'Owen Pryce',
        reference: 'EK-20789',
        therapist: 'Dr Lee',
        phase: 'watch',
        phase_since: new Date(started - 40 * 86_400_000).toISOString(),
        watch: {
          since: new Date(started - 40 * 86_400_000).toISOString(),
          until: new Date(started + 325 * 86_400_000).toISOString(),
          paused: false,
          asked_every_days: 14,
        },
        named_reader: true,
      }),
  },
  {
    method: 'GET',
    path: /^\/api\/people\/([^/]+)\/discharge-summary$/,
    act: () => ok(summary),
  },
  {
    method: 'GET',
    path: /^\/api\/signals$/,
    act: () => ok({ signals: [...signals.values()].filter(({ state }) => state !== 'closed') }),
  },
  {
    method: 'GET',
    path: /^\/api\/people\/([^/]+)\/signals$/,
    act: ({ values }) =>
      ok({ signals: [...signals.values()].filter((signal) => signal.person === values[0]) }),
  },
  {
    method: 'POST',
    path: /^\/api\/people\/(01890000-0000-7000-8000-0000000000(?!aa)..)\/entries$/,
    act: ({ body }) => {
      const entry = body as NewEntry;
      const again = written.has(entry.id);
      const about = (entry.body as { signal?: string }).signal;
      const signal = about ? signals.get(about) : undefined;
      if (about && !signal) return problem(422, 'No such signal', '/body/signal');
      if (signal && !again) step(signal, entry);
      written.set(entry.id, entry.kind);
      return {
        status: again ? 200 : 201,
        body: {
          id: entry.id,
          seq: written.size,
          recorded_at: new Date().toISOString(),
          show: { help: false, offer: [] },
        },
      };
    },
  },
];
