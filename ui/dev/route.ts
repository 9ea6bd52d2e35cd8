export interface Asked {
  values: string[]; // what the path's groups caught
  query: URLSearchParams;
  body: unknown;
  email?: string; // who is signed in
}
export interface Answer {
  status: number;
  body?: unknown;
  type?: string;
  email?: string; // signs this account in; '' signs out
}
export interface Route {
  method: 'GET' | 'POST' | 'PUT';
  path: RegExp;
  act: (asked: Asked) => Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}
export function problem(status: number, title: string, where?: string): Answer {
  const problems = where ? [{ where, message: title }] : [];
  return {
    status,
    type: 'application/problem+json',
    body: { type: 'about:blank', title, status, detail: title, problems },
  };
}
