import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../factories/conversation.js';
import { createMember, type Member } from '../factories/member.js';
import { registerWorkspace, type Workspace } from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { listMails } from '../support/mailbox.js';
import type { Conversation, ListResponse, Notification } from '../support/wire.js';
import type { ParsedMail } from 'mailparser';

const DIGEST_INTERVAL_SECONDS = { timeoutMs: 30_000, intervalMs: 200 };

let workspace: Workspace;
let ben: Member;

beforeEach(async () => {
  workspace = await registerWorkspace('Acme & Sons');
  ben = await createMember(workspace);
});

/** Assigns a conversation to the member, waits for the notification, and moves it back by `secondsAgo`. */
async function assign(secondsAgo: number, subject = 'My invoice is wrong', to = ben): Promise<Conversation> {
  const conversation = await createConversation(workspace.client, { assignee_id: to.userId, subject });
  await eventually(async () =>
    (await to.client.get<ListResponse<Notification>>('/v1/notifications')).body.data.some(
      ({ conversation_id: id }) => id === conversation.id,
    ),
  );
  await withDatabase((database) =>
    database.query(
      'update teams.notifications set created_at = created_at - make_interval(secs => $2) where conversation_id = $1',
      [conversation.id, secondsAgo],
    ),
  );
  return conversation;
}

function setPreferences(body: object): Promise<unknown> {
  return ben.client.patch('/v1/me/notification-preferences', body);
}

/** Waits until every mail that is due now is sent. */
async function advanceDigests(): Promise<void> {
  const ada = await createMember(workspace);
  await assign(60, 'For Ada', ada);
  await eventually(async () => (await listMails(ada.email)).length > 0, DIGEST_INTERVAL_SECONDS);
}

function listDigests(): Promise<ParsedMail[]> {
  return listMails(ben.email);
}

it('should send unread notifications once, in one mail, with links and escaped HTML', async () => {
  await setPreferences({ email_digest: 'hourly' });
  const [first, second] = [await assign(3_700, '<b>Invoice</b>'), await assign(10)];
  const mail = await eventually(async () => (await listDigests())[0] ?? null, DIGEST_INTERVAL_SECONDS);
  expect(mail.subject).toBe('2 notifications from Acme & Sons');
  expect(mail.text).toContain(`/conversations/${first.id}`);
  expect(mail.html).toContain(`/conversations/${second.id}`);
  expect(mail.html).not.toContain('<b>');
  await advanceDigests();
  expect(await listDigests()).toHaveLength(1);
}, 90_000);

it('should not mail notifications that are read, disabled or not due yet', async () => {
  const { id } = await assign(5);
  await ben.client.post('/v1/notifications/read-all');
  await withDatabase((database) =>
    database.query(
      `update teams.notifications set created_at = now() - interval '1 minute' where conversation_id = $1`,
      [id],
    ),
  );
  await setPreferences({ email_digest: 'daily' });
  await assign(4_000);
  await setPreferences({ email_digest: 'off' });
  await assign(4_000);
  await advanceDigests();
  expect(await listDigests()).toEqual([]);
  await setPreferences({ email_digest: 'immediate' });
  expect((await eventually(async () => (await listDigests())[0] ?? null, DIGEST_INTERVAL_SECONDS)).subject).toMatch(
    /^You were assigned conversation #2 /,
  );
}, 90_000);

it('should not mail deactivated members', async () => {
  await assign(15);
  await workspace.client.post(`/v1/users/${ben.userId}/deactivate`, {});
  await advanceDigests();
  expect(await listDigests()).toEqual([]);
}, 90_000);
