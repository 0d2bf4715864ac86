import type { HandlerFinder } from '../events/subscriber-registry.js';
import { RenderingService } from './rendering.service.js';

const WORKSPACE = '0190b6a1-7c00-7000-8000-000000000001';

/** A service with a batch renderer for users and a renderer for teams. */
function createService(): { service: RenderingService; calls: (readonly string[])[] } {
  const calls: (readonly string[])[] = [];
  const handlers = [
    {
      metadata: { subjectTypes: ['user', 'member'], batch: true },
      handle: async (_workspaceId: string, ids: readonly string[]) => {
        calls.push(ids);
        return new Map(ids.filter((id) => id !== 'gone').map((id) => [id, { id, name: `User ${id}` }]));
      },
      location: 'UserRenderer.render',
    },
    {
      metadata: { subjectTypes: ['team'], batch: false },
      handle: async (_workspaceId: string, id: string) => ({ id, name: `Team ${id}` }),
      location: 'TeamRenderer.render',
    },
  ];
  const service = new RenderingService({ find: () => handlers } as unknown as HandlerFinder);
  service.onModuleInit();
  return { service, calls };
}

describe('RenderingService', () => {
  it('should render the subjects of one renderer in one call, each ID once', async () => {
    const { service, calls } = createService();
    const subjects = [
      { subjectType: 'user', subjectId: 'a' },
      { subjectType: 'member', subjectId: 'b' },
      { subjectType: 'user', subjectId: 'a' },
    ];
    const resourceOf = await service.render(WORKSPACE, subjects);
    expect(subjects.map(resourceOf)).toMatchObject([{ name: 'User a' }, { name: 'User b' }, { name: 'User a' }]);
    expect(calls).toEqual([['a', 'b']]);
  });

  it('should not confuse subjects of different types with the same ID', async () => {
    const { service } = createService();
    const subjects = [
      { subjectType: 'user', subjectId: 'a' },
      { subjectType: 'team', subjectId: 'a' },
      { subjectType: 'security', subjectId: 'a' },
      { subjectType: 'user', subjectId: 'gone' },
    ];
    const resourceOf = await service.render(WORKSPACE, subjects);
    expect(subjects.map(resourceOf)).toEqual([{ id: 'a', name: 'User a' }, { id: 'a', name: 'Team a' }, null, null]);
  });
});
