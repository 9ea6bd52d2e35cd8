import type { Route } from './route';

export const staffRoutes: Route[] = [];
