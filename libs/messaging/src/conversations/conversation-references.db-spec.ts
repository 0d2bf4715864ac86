import type { DomainError } from '@parley/kernel';
import { ContactResolver } from '@parley/identity';
import { composedStatement, Database, UnitOfWork } from '@parley/kernel/database';
import { InboxesService, ReferencedObjectsService, TeamsService } from '@parley/teams';
import { MessagingTestApp } from '../testing/messaging-test-app.js';
import { ConversationActionsService } from './conversation-actions.service.js';

let testApp: MessagingTestApp;
let teamId: string;
let inboxTeamId: string;
let inboxId: string;

beforeAll(async () => {
  testApp = await MessagingTestApp.start();
  const { workspaceId } = testApp;
  await testApp.runAs(async () => {
    teamId = (await testApp.get(TeamsService).create(workspaceId, 'Billing', null, [])).id;
    inboxTeamId = (await testApp.get(TeamsService).create(workspaceId, 'Support', null, [])).id;
    const fields = { name: 'E-mail', channel: 'email', teamId: inboxTeamId };
    inboxId = (await testApp.get(InboxesService).create(workspaceId, fields, [])).id;
  });
}, 60_000);

afterAll(() => testApp.stop());

/** References to all objects, with other values for some of them. */
function references(changes: object = {}) {
  return { userId: testApp.userId, teamId, inboxId, accessInboxId: inboxId, ...changes };
}

it.each([
  ['a conversation is created', () => testApp.createConversation({ assigneeId: testApp.userId, teamId, inboxId })],
  [
    'a conversation is updated',
    async () => {
      const { id } = await testApp.createConversation();
      const change = { assigneeId: testApp.userId, teamId, inboxId };
      return testApp.get(ConversationActionsService).update(testApp.workspaceId, id, change);
    },
  ],
])('should check its assignee, team and inbox in one statement when %s', async (_name, write) => {
  const texts = await testApp.recordStatements(write);
  expect(texts.filter((text) => /for key share/.test(text))).toHaveLength(1);
  expect(texts.filter((text) => /^select .* from teams\.(memberships|teams|inboxes) /.test(text))).toEqual([]);
});

it.each([
  ['user', 'teams.memberships', 'user_id', () => testApp.userId],
  ['team', 'teams.teams', 'id', () => teamId],
  ['inbox', 'teams.inboxes', 'id', () => inboxId],
  ['team of the inbox', 'teams.teams', 'id', () => inboxTeamId],
])('should lock the %s when a unit of work refers to it', async (_name, table, column, getId) => {
  const { workspaceId } = testApp;
  const lock = composedStatement('testing.lock', `select 1 from ${table} where ${column} = $1 for update nowait`);
  const unitOfWork = testApp.get(UnitOfWork);
  const tryLock = (): Promise<unknown> =>
    unitOfWork.runInNewTransaction(() => testApp.get(Database).row(lock, [getId()]));
  await testApp.runAs(async () => {
    const resolve = () => testApp.get(ReferencedObjectsService).resolve(workspaceId, references());
    await unitOfWork.run(async () => {
      await expect(resolve()).resolves.toEqual({
        user: { id: testApp.userId, name: 'Sarah Chen' },
        inbox: { id: inboxId, channel: 'email', teamId: inboxTeamId },
      });
      await expect(tryLock()).rejects.toThrow('could not obtain lock');
    });
    await resolve();
    await expect(tryLock()).resolves.not.toBeNull();
  });
});

it('should use one statement per table when a conversation of a known contact is created', async () => {
  const contact = { identifier: 'customer-1', email: 'ada@example.com', name: 'Ada' };
  await testApp.createConversation({ contact });
  const fields = { contact, assigneeId: testApp.userId, teamId, inboxId, externalId: 'order-1' };
  const texts = await testApp.recordStatements(() => testApp.createConversation(fields));
  const domainTexts = texts.filter((text) => !/kernel\./.test(text));
  expect(domainTexts.map((text) => /(identity|teams|messaging)\.\w+/.exec(text)![0])).toEqual([
    'identity.contacts', // owners of the identifier and the e-mail
    'teams.inboxes', // assignee, team and inbox
    'messaging.conversations', // external ID
    'identity.contacts', // number of conversations
    'messaging.conversation_numbers', // the conversation
    'messaging.messages', // the message
    'messaging.conversations', // the response
  ]);
});

const OTHER_ID = '01980000-0000-7000-8000-000000000001';

it.each([
  [{ userId: OTHER_ID }, `assignee_id: ${OTHER_ID} is not an active user of this workspace`],
  [{ teamId: OTHER_ID }, `team_id: ${OTHER_ID} is not a team of this workspace`],
  [{ inboxId: OTHER_ID }, `inbox_id: ${OTHER_ID} is not an inbox of this workspace`],
  [
    { userId: OTHER_ID, teamId: OTHER_ID, inboxId: OTHER_ID },
    `assignee_id: ${OTHER_ID} is not an active user of this workspace`,
  ],
])('should name the field when %j does not exist', async (changes, message) => {
  const resolve = () =>
    testApp
      .get(ReferencedObjectsService)
      .resolve(testApp.workspaceId, references(changes), { userId: 'assigneeId' })
      .catch((error: DomainError) => `${error.code} ${error.message}`);
  expect(await testApp.runAs(() => testApp.get(UnitOfWork).run(resolve))).toBe(`UNPROCESSABLE ${message}`);
  expect(await testApp.runAs(resolve)).toBe(`UNPROCESSABLE ${message}`);
});

/** Numbers of plans of a prepared statement on the connection of the unit of work. */
const COUNT_PLANS = composedStatement(
  'testing.count-plans',
  'select generic_plans::int as general, custom_plans::int as custom from pg_prepared_statements where statement = $1',
);

it.each<[string, RegExp, () => Promise<unknown>]>([
  [
    'a user is checked',
    /for key share/,
    () => testApp.get(ReferencedObjectsService).resolve(testApp.workspaceId, { userId: testApp.userId }),
  ],
  [
    'a contact is found by its e-mail',
    /contact_emails/,
    () => testApp.get(ContactResolver).resolve(testApp.workspaceId, { email: 'john@example.com' }),
  ],
])('should keep the plan of the statement when %s many times', async (_name, pattern, read) => {
  await testApp.createConversation();
  await testApp.runAs(() =>
    testApp.get(UnitOfWork).run(async () => {
      const [text] = (await testApp.recordStatements(() => read())).filter((item) => pattern.test(item));
      for (let index = 1; index <= 20; index += 1) await read();
      const plans = await testApp.get(Database).row<{ general: number; custom: number }>(COUNT_PLANS, [text]);
      expect(plans!.custom).toBeLessThanOrEqual(5);
      expect(plans!.general).toBeGreaterThan(10);
    }),
  );
});
