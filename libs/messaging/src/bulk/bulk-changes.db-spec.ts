import { randomUUID } from 'node:crypto';
import { EventLogService, MOST_BULK_AT_ONCE, runInContext, systemContext } from '@parley/kernel';
import { CONVERSATION_FILTER_FIELDS } from '../conversations/conversation-fields.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { FIRST_PAGE, MessagingWorld } from '../testing/messaging-world.js';
import { BulkChanges } from './bulk-changes.service.js';

let world: MessagingWorld;
let ids: string[];

beforeAll(async () => {
  world = await MessagingWorld.start();
  ids = [];
  for (let count = 0; count < 120; count += 1) ids.push((await world.begin({ tags: ['billing'] })).id);
}, 60_000);

afterAll(() => world.stop());

/** As the job does it: as the system, in its workspace alone. */
function goOn(id: string): Promise<boolean> {
  return runInContext(systemContext('job', null, world.workspaceId), () =>
    world.get(BulkChanges).goOn(world.workspaceId, id),
  );
}

it('should go on where it stood, as whoever asked for it, and change each once', async () => {
  const bulk = world.get(BulkChanges);
  const unknown = Array.from({ length: MOST_BULK_AT_ONCE }, () => randomUUID());
  const queued = await world.as(() =>
    bulk.change(world.workspaceId, {
      ids: [...ids, ...unknown],
      me: null,
      edit: { priority: 'low', addTags: ['stale'], removeTags: ['billing'] },
    }),
  );
  expect(queued).toMatchObject({ status: 'running', total: 620, succeeded: 0, failed: 0 });
  expect(await goOn(queued.id)).toBe(true);
  // Two at once wait for each other.
  await Promise.all([goOn(queued.id), goOn(queued.id)]);
  expect(await world.as(() => bulk.get(world.workspaceId, queued.id))).toMatchObject({
    status: 'running',
    completedAt: null,
  });
  while (await goOn(queued.id));
  const done = await world.as(() => bulk.get(world.workspaceId, queued.id));
  expect(done).toMatchObject({ status: 'completed', succeeded: 120, failed: 500, completedAt: expect.any(String) });
  expect(new Set(done.results.map(({ status, error }) => `${status} ${error?.code}`))).toEqual(
    new Set(['failed NOT_FOUND']),
  );
  expect(await goOn(queued.id)).toBe(false);
  const log = world.get(EventLogService);
  const events = await world.as(async () =>
    log.page(
      world.workspaceId,
      0,
      await log.horizon(),
      { types: ['conversation.updated'], subjectId: null, correlationId: null },
      1_000,
    ),
  );
  expect(events.map(({ subjectId }) => subjectId).sort()).toEqual([...ids].sort());
  expect(events[0]).toMatchObject({
    actor: { kind: 'user', id: world.userId },
    data: { changed: { priority: ['normal', 'low'], tags: [['billing'], ['stale']] } },
  });
}, 60_000);

it.each([...CONVERSATION_FILTER_FIELDS.names, 'custom_fields.plan', 'metadata.source'])(
  'should filter by %s, in one statement',
  async (field) => {
    const filter = {
      any: [
        { field, operator: 'is_present' },
        { field, operator: 'is_not_present' },
      ],
    };
    const list = (): Promise<{ items: readonly unknown[] }> =>
      world.get(ConversationsService).filter(world.workspaceId, filter, null, 'last_activity_at', FIRST_PAGE);
    expect(await world.statements(list)).toHaveLength(1);
    expect((await world.as(list)).items).toHaveLength(FIRST_PAGE.limit);
  },
);
