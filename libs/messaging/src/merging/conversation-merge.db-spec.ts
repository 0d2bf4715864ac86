import { Database, statement, UnitOfWork } from '@parley/kernel/database';
import fc from 'fast-check';
import { ConversationActionsService } from '../conversations/conversation-actions.service.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MessageCreator } from '../messages/message-creator.service.js';
import { MessagingTestApp } from '../testing/messaging-test-app.js';
import { ConversationMergeService } from './conversation-merge.service.js';
import { MergedMessagesRepository } from './merged-messages.repository.js';

const STATES = statement(
  'testing.conversations',
  `select to_jsonb(c) - 'version' - 'updated_at' as state from messaging.conversations c where id = any($1)
    order by id`,
);
const MESSAGES = statement(
  'testing.messages-of-conversations',
  'select to_jsonb(m) as message from messaging.messages m where conversation_id = any($1) order by id',
);
const PARTICIPANTS = statement(
  'testing.participants',
  'select conversation_id, user_id from messaging.participants where conversation_id = any($1) order by 1, 2',
);
const TIMERS = statement(
  'testing.timers',
  'select kind, key, due_at from kernel.timers where key = any($1) order by key',
);
const COUNTERS = statement(
  'testing.counters',
  `select message_count, unread_count, waiting_since, first_replied_at, last_activity_at, last_customer_message_at,
    last_agent_reply_at, last_message from messaging.conversations where id = $1`,
);

type Step = (id: string) => Promise<unknown>;

let testApp: MessagingTestApp;
let steps: Readonly<Record<string, Step>>;

beforeAll(async () => {
  testApp = await MessagingTestApp.start();
  const [messages, actions] = [testApp.get(MessageCreator), testApp.get(ConversationActionsService)];
  const createMessage =
    (type: 'comment' | 'reply' | 'note', body: string): Step =>
    (id) =>
      messages.create(testApp.workspaceId, id, { type, body });
  steps = {
    comment: createMessage('comment', 'Any news? 😀'),
    reply: createMessage('reply', 'Soon.'),
    note: createMessage('note', 'Who knows?'),
    resolve: (id) => actions.resolve(testApp.workspaceId, id),
    snooze: (id) => actions.snooze(testApp.workspaceId, id, '2100-01-01T00:00:00.000Z'),
    open: (id) => actions.reopen(testApp.workspaceId, id),
    assign: (id) => actions.update(testApp.workspaceId, id, { assigneeId: testApp.userId }),
    tag: (id) => actions.update(testApp.workspaceId, id, { addTags: ['billing'] }),
  };
}, 60_000);

afterAll(() => testApp.stop());

/** Runs the steps in a conversation. Ignores steps that its status does not allow. */
async function runSteps(id: string, stepList: readonly string[]): Promise<void> {
  for (const name of stepList)
    await testApp
      .runAs(() => steps[name]!(id))
      .catch((error: { code?: string }) => expect(error.code).toBe('UNPROCESSABLE'));
}

async function dumpState(ids: readonly string[]): Promise<unknown> {
  const database = testApp.get(Database);
  return Promise.all([STATES, MESSAGES, PARTICIPANTS, TIMERS].map((query) => database.rows(query, [ids])));
}

const stepNames = fc.array(fc.constantFrom('comment', 'reply', 'note', 'resolve', 'snooze', 'open', 'assign', 'tag'), {
  maxLength: 6,
});

it('should restore the exact previous state when a merge is undone without changes in between', async () => {
  await fc.assert(
    fc.asyncProperty(stepNames, stepNames, fc.boolean(), async (ofSource, ofTarget, empty) => {
      const [source, target] = [
        await testApp.createConversation(empty ? { message: undefined } : {}),
        await testApp.createConversation(),
      ];
      await runSteps(source.id, ofSource);
      await runSteps(target.id, ofTarget);
      const before = await dumpState([source.id, target.id]);
      const merges = testApp.get(ConversationMergeService);
      const mergeResult = await testApp.runAs(() =>
        merges.merge(testApp.workspaceId, source.id, { intoId: target.id }),
      );
      expect(mergeResult.messageCount).toBe((await testApp.get(Database).rows(MESSAGES, [[target.id]])).length);
      expect(await testApp.get(Database).rows(MESSAGES, [[source.id]])).toEqual([]);
      await testApp.runAs(() => merges.unmerge(testApp.workspaceId, source.id));
      expect(await dumpState([source.id, target.id])).toEqual(before);
    }),
    { numRuns: 25 },
  );
}, 60_000);

it('should keep changes made after the merge in the conversation where they were made when it is undone', async () => {
  await fc.assert(
    fc.asyncProperty(stepNames, stepNames, stepNames, async (ofSource, ofTarget, between) => {
      const [source, target] = [await testApp.createConversation(), await testApp.createConversation()];
      await runSteps(source.id, ofSource);
      await runSteps(target.id, ofTarget);
      const { messageCount } = await testApp.runAs(() =>
        testApp.get(ConversationsService).get(testApp.workspaceId, source.id),
      );
      const merges = testApp.get(ConversationMergeService);
      const { messageCount: mergeResult } = await testApp.runAs(() =>
        merges.merge(testApp.workspaceId, source.id, { intoId: target.id }),
      );
      await runSteps(between.length % 2 === 0 ? target.id : source.id, between);
      const totalCount = (
        await testApp.runAs(() => testApp.get(ConversationsService).get(testApp.workspaceId, target.id))
      ).messageCount;
      await testApp.runAs(() => merges.unmerge(testApp.workspaceId, source.id));
      const [restoredSource, restoredTarget] = [
        await testApp.runAs(() => testApp.get(ConversationsService).get(testApp.workspaceId, source.id)),
        await testApp.runAs(() => testApp.get(ConversationsService).get(testApp.workspaceId, target.id)),
      ];
      expect([restoredSource.messageCount, restoredSource.mergedInto, restoredTarget.messageCount]).toEqual([
        messageCount,
        null,
        totalCount - messageCount,
      ]);
      expect(totalCount).toBeGreaterThanOrEqual(mergeResult);
      for (const id of [source.id, target.id])
        expect(await testApp.get(Database).rows(MESSAGES, [[id]])).toHaveLength(
          id === source.id ? messageCount : totalCount - messageCount,
        );
    }),
    { numRuns: 15 },
  );
}, 60_000);

it('should compute the same counters as creating the messages one by one when they are recounted', async () => {
  const writes = fc.array(fc.constantFrom('comment', 'reply', 'note', 'assign', 'tag'), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(writes, async (stepList) => {
      const { id } = await testApp.createConversation();
      await runSteps(id, stepList);
      const database = testApp.get(Database);
      const before = await database.row(COUNTERS, [id]);
      await testApp.runAs(() =>
        testApp.get(UnitOfWork).run(() => testApp.get(MergedMessagesRepository).recount(testApp.workspaceId, id)),
      );
      expect(await database.row(COUNTERS, [id])).toEqual(before);
    }),
    { numRuns: 15 },
  );
}, 60_000);

it('should not lose messages that are created while a merge runs', async () => {
  const [source, target] = [await testApp.createConversation(), await testApp.createConversation()];
  const merges = testApp.get(ConversationMergeService);
  const writes = Array.from({ length: 8 }, (_none, index) =>
    testApp.runAs(() => steps[index % 2 === 0 ? 'comment' : 'note']!(source.id)),
  );
  await Promise.all([
    ...writes,
    testApp.runAs(() => merges.merge(testApp.workspaceId, source.id, { intoId: target.id })),
  ]);
  const { messageCount } = await testApp.runAs(() =>
    testApp.get(ConversationsService).get(testApp.workspaceId, target.id),
  );
  expect(messageCount).toBe(10);
  expect(await testApp.get(Database).rows(MESSAGES, [[target.id]])).toHaveLength(10);
});
