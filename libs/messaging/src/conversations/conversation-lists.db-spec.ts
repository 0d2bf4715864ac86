import { MessagingTestApp, FIRST_PAGE } from '../testing/messaging-test-app.js';
import { CONVERSATION_ORDERS, type ConversationOrder, type ConversationsFilter } from './conversations-filter.js';
import { ConversationsService } from './conversations.service.js';

let testApp: MessagingTestApp;

beforeAll(async () => {
  testApp = await MessagingTestApp.start();
  for (let index = 0; index < 3; index += 1)
    await testApp.createConversation({ subject: `Invoice ${index}`, tags: ['billing'], assigneeId: testApp.userId });
});

afterAll(() => testApp.stop());

function list(
  filter: ConversationsFilter,
  order: ConversationOrder = 'last_activity_at',
): ReturnType<ConversationsService['list']> {
  return testApp.get(ConversationsService).list(testApp.workspaceId, filter, order, FIRST_PAGE);
}

it.each<[string, ConversationsFilter]>([
  ['no filter', {}],
  ['text', { q: 'invoice' }],
  ['a number', { q: '#2' }],
  ['text and the assignee', { q: 'where is', assignees: [null] }],
  ['tags', { tags: ['billing'] }],
  [
    'several filters',
    { status: ['open'], priority: ['normal'], unread: true, unattended: true, createdAfter: '2020-01-01T00:00:00Z' },
  ],
])('should read a page, its total and all names in one statement when filtered by %s', async (_name, filter) => {
  const statements = await testApp.recordStatements(() => list(filter));
  expect(statements).toHaveLength(1);
  expect(statements[0]).toContain('messaging.conversations');
});

it.each(CONVERSATION_ORDERS)('should run one statement when sorted by %s', async (order) => {
  let found = 0;
  expect(await testApp.recordStatements(async () => (found = (await list({}, order)).items.length))).toHaveLength(1);
  expect(found).toBe(3);
});
