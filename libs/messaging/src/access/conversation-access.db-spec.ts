import { newId, runInContext, systemContext } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { composedStatement, Database } from '@parley/kernel/database';
import { CONVERSATION_ORDERS } from '../conversations/conversations-filter.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { FIRST_PAGE, MessagingTestApp } from '../testing/messaging-test-app.js';

let testApp: MessagingTestApp;
let conversationId: string;
const hiddenInboxIds = [newId()];

const ADD_MANY = composedStatement(
  'testing.add-conversations',
  `insert into messaging.conversations (id, workspace_id, number, contact_id, channel, status, priority,
     status_changed_at, last_activity_at, created_at, updated_at)
   select gen_random_uuid(), c.workspace_id, 1000 + i, c.contact_id, 'api', 'open', 'normal', now(),
     now() - i * interval '1 minute', now() - i * interval '1 minute', now()
   from messaging.conversations c, generate_series(1, 5000) i where c.id = $1`,
);

/** Runs without a request, as the system. */
function asSystem<T>(work: () => Promise<T>): Promise<T> {
  return runInContext(systemContext('test'), work);
}

beforeAll(async () => {
  testApp = await MessagingTestApp.start();
  conversationId = (await testApp.createConversation({})).id;
  await asSystem(async () => {
    await testApp.get(Database).execute(ADD_MANY, [conversationId]);
    await testApp.get(Database).execute(composedStatement('testing.analyze', 'analyze messaging.conversations'), []);
  });
}, 60_000);

afterAll(() => testApp.stop());

const FILTER = { field: 'status', operator: 'equals', value: 'open' };
const reads: [string, () => Promise<unknown>][] = [
  ...CONVERSATION_ORDERS.map((order): [string, () => Promise<unknown>] => [
    `a list by ${order}`,
    () => testApp.get(ConversationsService).list(testApp.workspaceId, {}, order, FIRST_PAGE),
  ]),
  [
    'a filtered list',
    () => testApp.get(ConversationsService).filter(testApp.workspaceId, FILTER, null, 'created_at', FIRST_PAGE),
  ],
  ['a count', () => testApp.get(ConversationsService).countMany(testApp.workspaceId, [FILTER], null, 100)],
  ['a conversation', () => testApp.get(ConversationsService).find(testApp.workspaceId, conversationId)],
  ['messages', () => testApp.get(MessagesService).list(testApp.workspaceId, {}, FIRST_PAGE)],
];

it.each(reads)('should add nothing to %s without hidden inboxes, else one condition', async (_name, read) => {
  const [plain, limited] = [
    await testApp.recordStatements(read),
    await testApp.recordStatements(() => withHiddenInboxes(hiddenInboxIds, read)),
  ];
  expect([plain.length, limited.length]).toEqual([1, 1]);
  expect(plain[0]).not.toContain('inbox_id <> all');
  expect(limited[0]).toContain('inbox_id <> all');
});

it.each(CONVERSATION_ORDERS.filter((order) => order !== 'waiting_since'))(
  'should read a page by %s from its index when an inbox is hidden',
  async (order) => {
    const page = { ...FIRST_PAGE, countTotal: false };
    const [text] = await testApp.recordStatements(() =>
      withHiddenInboxes(hiddenInboxIds, () =>
        testApp.get(ConversationsService).list(testApp.workspaceId, {}, order, page),
      ),
    );
    const plan = await asSystem(() =>
      testApp
        .get(Database)
        .rows<{ 'QUERY PLAN': string }>(composedStatement('testing.explain', `explain ${text}`), [
          testApp.workspaceId,
          hiddenInboxIds,
          FIRST_PAGE.limit + 1,
        ]),
    );
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).not.toContain('Seq Scan on conversations');
    expect(lines).toMatch(/Index Scan.* on conversations c/);
  },
);
