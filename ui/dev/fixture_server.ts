// A server made of fixtures, for looking at screens while developing. Never part of the product:
// vite.config.ts adds it in development mode only. State lives as long as the process.
// Sign in with any password: maya@example.org (client), lee@example.org (therapist).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { clientRoutes } from './client_routes';
import { staffRoutes } from './staff_routes';
import { commonRoutes } from './common_routes';
import { problem, type Answer, type Asked, type Route } from './route';

const routes: Route[] = [...commonRoutes, ...staffRoutes, ...clientRoutes];

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : JSON.parse(text);
}

const signedOut = /^\/(help|api\/(service|me|sign-in|sign-out|invitations\/.*))$/;

function answerOf(route: Route, path: string, asked: Asked): Answer {
  if (!asked.email && !signedOut.test(path)) return problem(401, 'Sign in first');
  return route.act(asked);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  for (const route of routes) {
    const found = route.method === request.method ? route.path.exec(url.pathname) : null;
    if (!found) continue;
    const cookie = /evenkeel_fixture=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const result = answerOf(route, url.pathname, {
      values: found.slice(1).map(decodeURIComponent),
      query: url.searchParams,
      body: request.method === 'GET' ? {} : await bodyOf(request),
      email: cookie ? decodeURIComponent(cookie) : undefined,
    });
    response.statusCode = result.status;
    if (result.email !== undefined) {
      const value = encodeURIComponent(result.email);
      response.setHeader('Set-Cookie', `evenkeel_fixture=${value}; Path=/; HttpOnly`);
    }
    response.setHeader('Content-Type', result.type ?? 'application/json');
    response.end(typeof result.body === 'string' ? result.body : JSON.stringify(result.body));
    return true;
  }
  return false;
}

const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'; object-src 'none'";

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
): void {
  answer(request, response).then(
    (done) => (done ? undefined : next()),
    (error: unknown) => next(error),
  );
}

export function fixtureServer(): Plugin {
  return {
    name: 'evenkeel-fixture-server',
    configureServer: (server) => void server.middlewares.use(serve),
    // The built product, under the policy that the real server sends.
    configurePreviewServer: (server) =>
      void server.middlewares.use((request, response, next) => {
        response.setHeader('Content-Security-Policy', policy);
        serve(request, response, next);
      }),
  };
}
