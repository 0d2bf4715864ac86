import type { FastifyInstance } from 'fastify';

/** Matches one segment of a path. */
const PARAMETER = '[^/]+';

const indexes = new WeakMap<object, Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>>();

/** Records the routes of a server from now on, for {@link allowedMethods}. */
export function indexRoutes(server: FastifyInstance): void {
  const routes = new Map<string, { matches: RegExp; methods: Set<string> }>();
  indexes.set(server.server, routes);
  server.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return;
    const route = routes.get(url) ?? { matches: toPattern(url), methods: new Set<string>() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
}

/** The methods that the routes of a path have; empty if the path is unknown. */
export function allowedMethods(server: FastifyInstance, path: string): string[] {
  const methods = new Set<string>();
  for (const route of indexes.get(server.server)?.values() ?? [])
    if (route.matches.test(path)) for (const method of route.methods) methods.add(method);
  return [...methods].sort();
}

function toPattern(url: string): RegExp {
  const segments = url
    .replace(/\/$/, '')
    .split('/')
    .map((segment) => (segment.startsWith(':') ? PARAMETER : segment.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')));
  return new RegExp(`^${segments.join('/')}/?$`);
}
