// What the server of fixtures says to a request; the same behind Vite and on the page of examples.
import { clientRoutes } from './client_routes';
import { commonRoutes } from './common_routes';
import { planRoutes } from './plan_routes';
import { problem, type Answer, type Route } from './route';
import { staffRoutes } from './staff_routes';

const routes: Route[] = [...commonRoutes, ...planRoutes, ...staffRoutes, ...clientRoutes];
const signedOut = /^\/(help|api\/(service|me|sign-in|sign-out|invitations\/.*))$/;

export interface Question {
  method: string;
  url: URL;
  body: unknown;
  email?: string; // who is signed in
}

/** Undefined for what is none of the server's. */
export function answerTo({ method, url, body, email }: Question): Answer | undefined {
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(url.pathname) : null;
    if (!found) continue;
    if (!email && !signedOut.test(url.pathname)) return problem(401, 'Sign in first');
    const values = found.slice(1).map(decodeURIComponent);
    return route.act({ values, query: url.searchParams, body, email });
  }
  return undefined;
}
