// A server made of fixtures, for looking at screens while developing. Never part of the product:
// vite.config.ts adds it in development mode only. State lives as long as the process.
// Sign in with any password: maya@example.org (client), lee@example.org (therapist).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { answerTo } from './answer';

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : JSON.parse(text);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const cookie = /evenkeel_fixture=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const url = new URL(request.url ?? '/', 'http://localhost');
  const mayBeOurs = /^\/(api\/|help$)/.test(url.pathname);
  const result = answerTo({
    method: request.method ?? 'GET',
    url,
    body: request.method === 'GET' || !mayBeOurs ? {} : await bodyOf(request),
    email: cookie ? decodeURIComponent(cookie) : undefined,
  });
  if (!result) return false;
  response.statusCode = result.status;
  if (result.email !== undefined) {
    const value = encodeURIComponent(result.email);
    response.setHeader('Set-Cookie', `evenkeel_fixture=${value}; Path=/; HttpOnly`);
  }
  response.setHeader('Content-Type', result.type ?? 'application/json');
  response.end(typeof result.body === 'string' ? result.body : JSON.stringify(result.body));
  return true;
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
