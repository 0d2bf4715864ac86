import { declareScopes } from '../auth/scopes.js';
import type { Principal } from '../context/request-context.js';
import type { HandlerFinder } from '../events/subscriber-registry.js';
import { SearchHitDto } from './search-hit.dto.js';
import { defineSearchType, type SearchResult } from './search-type.js';
import { SearchService } from './search.service.js';

declareScopes('planets', { description: 'Planets' });
declareScopes('moons', { description: 'Moons' });

const common = { description: 'by name', hit: SearchHitDto } as const;
defineSearchType('planet', { ...common, plural: 'planets', scope: 'planets:read' });
defineSearchType('moon', { ...common, plural: 'moons', scope: 'moons:read' });
defineSearchType('comet', { ...common, plural: 'comets', scope: 'planets:read', onRequestOnly: true });

const TYPES = ['planet', 'moon', 'comet'];

function findResult(id: string): SearchResult {
  return { hits: [{ id, rank: 1, highlight: '' }], total: 1, totalIsEstimate: false };
}

function serviceWith(handlers: readonly string[]): SearchService {
  const found = handlers.map((metadata) => ({
    metadata,
    handle: () => Promise.resolve(findResult(metadata)),
    location: 'Test.search',
  }));
  return new SearchService({ find: () => found } as Partial<HandlerFinder> as HandlerFinder);
}

async function search(scopes: readonly string[], types?: readonly string[]): Promise<string[]> {
  const service = serviceWith(TYPES);
  service.onModuleInit();
  const principal = { workspaceId: 'w', userId: null, scopes: new Set(scopes) } as Partial<Principal> as Principal;
  const results = await service.search(principal, { query: 'x', types, limit: 1, parameters: {} });
  return results.flatMap(([, { hits }]) => hits.map(({ id }) => id));
}

describe('defineSearchType', () => {
  it('should throw when the name or the plural is defined already', () => {
    expect(() => defineSearchType('planet', { ...common, plural: 'worlds', scope: 'planets:read' })).toThrow('twice');
    expect(() => defineSearchType('world', { ...common, plural: 'planets', scope: 'planets:read' })).toThrow('planets');
  });
});

describe('SearchService', () => {
  it('should not start when a type has no search, or two', () => {
    expect(() => serviceWith(['planet', 'moon']).onModuleInit()).toThrow('comet has no method');
    expect(() => serviceWith([...TYPES, 'moon']).onModuleInit()).toThrow('moon already has a search');
  });

  it('should search all types except those on request only when none is requested', async () => {
    expect(await search(['*'])).toEqual(['moon', 'planet']);
    expect(await search(['*'], ['comet', 'planet'])).toEqual(['comet', 'planet']);
  });

  it('should not search a type when the caller does not have its scope', async () => {
    expect(await search(['planets:read'])).toEqual(['planet']);
    await expect(search(['planets:read'], ['moon'])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
