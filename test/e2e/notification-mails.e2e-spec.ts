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

/** Assigns something to the member, waits until they are told, and lets that have been so many seconds ago. */
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

/** By then every mail that was due before is on its way. */
async function advanceDigests(): Promise<void> {
  const ada = await createMember(workspace);
  await assign(60, 'For Ada', ada);
  await eventually(async () => (await listMails(ada.email)).length > 0, DIGEST_INTERVAL_SECONDS);
}

function waitForDigest(): Promise<ParsedMail[]> {
  return listMails(ben.email);
}

it('should mail what is unread in one mail, once, with links and without HTML of others', async () => {
  await setPreferences({ email_digest: 'hourly' });
  const [item, secondItem] = [await assign(3_700, '<b>Invoice</b>'), await assign(10)];
  const mail = await eventually(async () => (await waitForDigest())[0] ?? null, DIGEST_INTERVAL_SECONDS);
  expect(mail.subject).toBe('2 notifications from Acme & Sons');
  expect(mail.text).toContain(`/conversations/${item.id}`);
  expect(mail.html).toContain(`/conversations/${secondItem.id}`);
  expect(mail.html).not.toContain('<b>');
  await advanceDigests();
  expect(await waitForDigest()).toHaveLength(1);
}, 90_000);

it('should not mail what has been read, is not wanted, or is not due yet', async () => {
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
  expect(await waitForDigest()).toEqual([]);
  await setPreferences({ email_digest: 'immediate' });
  expect((await eventually(async () => (await waitForDigest())[0] ?? null, DIGEST_INTERVAL_SECONDS)).subject).toMatch(
    /^You were assigned conversation #2 /,
  );
}, 90_000);

it('should not mail who was deactivated', async () => {
  await assign(15);
  await workspace.client.post(`/v1/users/${ben.userId}/deactivate`, {});
  await advanceDigests();
  expect(await waitForDigest()).toEqual([]);
}, 90_000);
