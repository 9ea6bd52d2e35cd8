// The one way to the server. Same-origin cookie, JSON, and the header that a foreign page
// cannot send.
import { NoNetwork, Problem } from './problem';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

// A network that takes a request and never answers is no network.
const patience = 30_000; // ms

let onSignedOut: () => void = () => undefined;
let onNetwork: (works: boolean) => void = () => undefined;

/** Called when a request that needs a session finds none; the draft on screen is kept. */
export function whenSignedOut(call: () => void): void {
  onSignedOut = call;
}

/** Told after every request whether the server could be reached at all. */
export function whenNetworkChanges(call: (works: boolean) => void): void {
  onNetwork = call;
}

async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-Evenkeel'] = '1';
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    onNetwork(false);
    throw new NoNetwork();
  }
  onNetwork(true);
  // A proxy that cannot reach the server answers for it; to a person that is "no network" too.
  if ([502, 503, 504].includes(response.status)) throw new NoNetwork();
  if (!response.ok) throw await problem(response, path);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

// Here 401 is about a password or the lack of a session, not about one that ran out.
const asksForPassword = ['/api/sign-in', '/api/me', '/api/me/password'];

async function problem(response: Response, path: string): Promise<Problem> {
  const document = await response.json().catch(() => ({}));
  if (response.status === 401 && !asksForPassword.includes(path)) onSignedOut();
  return new Problem(response.status, document as object);
}

export const api = {
  get: <T>(path: string) => request<T>('GET', path),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, body),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, body),
};
