import { MessagingWorld, FIRST_PAGE } from '../testing/messaging-world.js';
import { CONVERSATION_ORDERS, type ConversationOrder, type ConversationsFilter } from './conversations-filter.js';
import { ConversationsService } from './conversations.service.js';

let world: MessagingWorld;

beforeAll(async () => {
  world = await MessagingWorld.start();
  for (let index = 0; index < 3; index += 1)
    await world.begin({ subject: `Invoice ${index}`, tags: ['billing'], assigneeId: world.userId });
});

afterAll(() => world.stop());

function list(
  filter: ConversationsFilter,
  order: ConversationOrder = 'last_activity_at',
): ReturnType<ConversationsService['list']> {
  return world.get(ConversationsService).list(world.workspaceId, filter, order, FIRST_PAGE);
}

it.each<[string, ConversationsFilter]>([
  ['nothing', {}],
  ['words', { q: 'invoice' }],
  ['a number', { q: '#2' }],
  ['words and the assignee', { q: 'where is', assignees: [null] }],
  ['tags', { tags: ['billing'] }],
  [
    'several',
    { status: ['open'], priority: ['normal'], unread: true, unattended: true, createdAfter: '2020-01-01T00:00:00Z' },
  ],
])('should read a page, its total and all names in one statement, narrowed by %s', async (_name, filter) => {
  const sent = await world.statements(() => list(filter));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('messaging.conversations');
});

it.each(CONVERSATION_ORDERS)('should take one statement for the order %s', async (order) => {
  let found = 0;
  expect(await world.statements(async () => (found = (await list({}, order)).items.length))).toHaveLength(1);
  expect(found).toBe(3);
});
