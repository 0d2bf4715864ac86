import { randomUUID } from 'node:crypto';
import { runInContext, systemContext } from '@parley/kernel';
import { MAX_SYNCHRONOUS_BULK_SIZE } from '@parley/kernel/bulk';
import { EventLogService } from '@parley/kernel/events';
import { CONVERSATION_FILTER_FIELDS } from '../conversations/conversation-fields.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { FIRST_PAGE, MessagingTestApp } from '../testing/messaging-test-app.js';
import { ConversationBulkService } from './conversation-bulk.service.js';

let testApp: MessagingTestApp;
let ids: string[];

beforeAll(async () => {
  testApp = await MessagingTestApp.start();
  ids = [];
  for (let count = 0; count < 120; count += 1) ids.push((await testApp.createConversation({ tags: ['billing'] })).id);
}, 60_000);

afterAll(() => testApp.stop());

/** Runs a batch as the job does: with the system context of its workspace. */
function processBatch(id: string): Promise<boolean> {
  return runInContext(systemContext('job', null, testApp.workspaceId), () =>
    testApp.get(ConversationBulkService).processBatch(testApp.workspaceId, id),
  );
}

it('should resume after each batch as the requesting user and update each conversation once', async () => {
  const bulk = testApp.get(ConversationBulkService);
  const unknown = Array.from({ length: MAX_SYNCHRONOUS_BULK_SIZE }, () => randomUUID());
  const queued = await testApp.runAs(() =>
    bulk.update(testApp.workspaceId, {
      ids: [...ids, ...unknown],
      me: null,
      update: { priority: 'low', addTags: ['stale'], removeTags: ['billing'] },
    }),
  );
  expect(queued).toMatchObject({ status: 'running', total: 620, succeeded: 0, failed: 0 });
  expect(await processBatch(queued.id)).toBe(true);
  // Concurrent batches wait for each other.
  await Promise.all([processBatch(queued.id), processBatch(queued.id)]);
  expect(await testApp.runAs(() => bulk.get(testApp.workspaceId, queued.id))).toMatchObject({
    status: 'running',
    completedAt: null,
  });
  while (await processBatch(queued.id));
  const done = await testApp.runAs(() => bulk.get(testApp.workspaceId, queued.id));
  expect(done).toMatchObject({ status: 'completed', succeeded: 120, failed: 500, completedAt: expect.any(String) });
  expect(new Set(done.results.map(({ status, error }) => `${status} ${error?.code}`))).toEqual(
    new Set(['failed NOT_FOUND']),
  );
  expect(await processBatch(queued.id)).toBe(false);
  const log = testApp.get(EventLogService);
  const events = await testApp.runAs(async () =>
    log.listPage(
      testApp.workspaceId,
      0,
      await log.horizon(),
      { types: ['conversation.updated'], subjectId: null, correlationId: null },
      1_000,
    ),
  );
  expect(events.map(({ subjectId }) => subjectId).sort()).toEqual([...ids].sort());
  expect(events[0]).toMatchObject({
    actor: { kind: 'user', id: testApp.userId },
    data: { changed: { priority: ['normal', 'low'], tags: [['billing'], ['stale']] } },
  });
}, 60_000);

it.each([...CONVERSATION_FILTER_FIELDS.names, 'custom_fields.plan', 'metadata.source'])(
  'should filter by %s in one statement',
  async (field) => {
    const filter = {
      any: [
        { field, operator: 'is_present' },
        { field, operator: 'is_not_present' },
      ],
    };
    const list = (): Promise<{ items: readonly unknown[] }> =>
      testApp.get(ConversationsService).filter(testApp.workspaceId, filter, null, 'last_activity_at', FIRST_PAGE);
    expect(await testApp.recordStatements(list)).toHaveLength(1);
    expect((await testApp.runAs(list)).items).toHaveLength(FIRST_PAGE.limit);
  },
);
