import type { Principal } from '../context/request-context.js';
import type { HandlerFinder } from '../events/subscriber-registry.js';
import { REFERENCE_SOURCE, RESOLVE_REFERENCES } from './reference-source.js';
import { defineReferenceType, type Reference, type TargetState } from './reference.js';
import { MAX_LISTED_REFERENCES, ReferencesService } from './references.service.js';
import { declareScopes } from '../auth/scopes.js';

declareScopes('rockets', { description: 'Rockets' });
defineReferenceType('pilot', 'is not the ID of a pilot');
defineReferenceType('planet', 'is not the ID of a planet');

const refer = (path: string, type: string, id: string, mustBeActive = false): Reference => ({
  path: [path],
  target: { type, id },
  mustBeActive,
});

const rocketSource = { type: 'rocket', scope: 'rockets:read', targets: ['pilot'], columns: [] };

function createService(handlers: Readonly<Record<string, readonly { metadata: unknown; handle: unknown }[]>>) {
  const finder = { find: (key: string) => handlers[key] ?? [] } as unknown as HandlerFinder;
  const service = new ReferencesService(finder);
  service.onModuleInit();
  return service;
}

function principal(scope: string): Principal {
  return { workspaceId: 'w', userId: 'me', scopes: new Set([scope]) } as unknown as Principal;
}

describe('ReferencesService', () => {
  it('should look up the objects of a whole page at once', async () => {
    const calls: unknown[] = [];
    const resolve = (_workspaceId: string, ids: unknown): Promise<TargetState[]> => {
      calls.push(ids);
      return Promise.resolve([
        { type: 'pilot', id: 'p1', active: true },
        { type: 'pilot', id: 'p2', active: false },
      ]);
    };
    const service = createService({ [RESOLVE_REFERENCES]: [{ metadata: ['pilot', 'planet'], handle: resolve }] });
    const problems = await service.findProblems('w', [
      [refer('pilot_id', 'pilot', 'p1')],
      [refer('pilot_id', 'pilot', 'p2', true), refer('planet_id', 'planet', 'p1')],
      [],
    ]);
    expect(calls).toEqual([{ pilot: ['p1', 'p2'], planet: ['p1'] }]);
    expect(problems.map((found) => found.map(({ path, code, message }) => [path[0], code, message]))).toEqual([
      [],
      [
        ['pilot_id', 'inactive', 'is not the ID of a pilot'],
        ['planet_id', 'not_found', 'is not the ID of a planet'],
      ],
      [],
    ]);
  });

  it('should tolerate references to inactive objects unless they must be active', async () => {
    const handle = () => Promise.resolve([{ type: 'pilot', id: 'p', active: false }]);
    const service = createService({ [RESOLVE_REFERENCES]: [{ metadata: ['pilot'], handle }] });
    const [found] = await service.findProblems('w', [[refer('a', 'pilot', 'p'), refer('b', 'pilot', 'p', true)]]);
    expect(found!.map(({ isTolerated }) => isTolerated)).toEqual([true, false]);
  });

  it('should limit the list of references but not their number, and hide names that the caller cannot read', async () => {
    const found = Array.from({ length: 150 }, (_, index) => ({ id: `r${index}`, name: `Rocket ${index}`, paths: [] }));
    const own = { id: 'own', name: 'Mine', paths: [], privateTo: 'me' };
    const other = { id: 'other', name: 'Hers', paths: [], privateTo: 'she' };
    const handle = () => Promise.resolve([own, other, ...found]);
    const service = createService({ [REFERENCE_SOURCE]: [{ metadata: rocketSource, handle }] });
    const target = { type: 'pilot', id: 'p' };
    const { items, total } = await service.list(principal('rockets:read'), target);
    expect([items.length, total]).toEqual([MAX_LISTED_REFERENCES, 152]);
    expect(items.slice(0, 3).map(({ name }) => name)).toEqual(['Mine', null, 'Rocket 0']);
    const hidden = await service.list(principal('planets:read'), target);
    expect(hidden.items.every(({ name }) => name === null)).toBe(true);
    expect(await service.list(principal('*'), { type: 'planet', id: 'p' })).toEqual({ items: [], total: 0 });
  });

  it('should list the references that existed before when the work removes them', async () => {
    let found = [{ id: 'r', name: 'Rocket', paths: [] }];
    const service = createService({
      [REFERENCE_SOURCE]: [{ metadata: rocketSource, handle: () => Promise.resolve(found) }],
    });
    const remove = () => Promise.resolve((found = []));
    const list = () => service.listBefore(principal('*'), { type: 'pilot', id: 'p' }, remove);
    expect((await list()).total).toBe(1);
    expect((await list()).total).toBe(0);
    const fail = () => Promise.reject(new Error('missing'));
    await expect(service.listBefore(principal('*'), { type: 'pilot', id: 'p' }, fail)).rejects.toThrow('missing');
  });

  it('should reject two sources of one type, undeclared types and undeclared scopes', () => {
    const source = (options: object) => ({ metadata: { ...rocketSource, ...options }, handle: () => [] });
    expect(() => createService({ [REFERENCE_SOURCE]: [source({}), source({})] })).toThrow('two owners');
    expect(() => createService({ [REFERENCE_SOURCE]: [source({ targets: ['moon'] })] })).toThrow('moon');
    expect(() => createService({ [REFERENCE_SOURCE]: [source({ scope: 'moons:read' })] })).toThrow('not declared');
  });
});
