import type { Route } from './route';

export const clientRoutes: Route[] = [];
