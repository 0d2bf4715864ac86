import { eventually } from '@parley/kernel/testing';
import { makeConversation } from '../factories/conversation.js';
import { makeMember, type Member } from '../factories/member.js';
import { register, type Workspace } from '../support/client.js';
import { inDatabase } from '../support/database.js';
import { mailsTo } from '../support/mailbox.js';
import type { Conversation, Many, Notification } from '../support/wire.js';
import type { ParsedMail } from 'mailparser';

const A_TURN = { timeoutMs: 30_000, intervalMs: 200 };

let workspace: Workspace;
let ben: Member;

beforeEach(async () => {
  workspace = await register('Acme & Sons');
  ben = await makeMember(workspace);
});

/** Assigns something to the member, waits until they are told, and lets that have been so many seconds ago. */
async function assign(secondsAgo: number, subject = 'My invoice is wrong', to = ben): Promise<Conversation> {
  const conversation = await makeConversation(workspace.client, { assignee_id: to.userId, subject });
  await eventually(async () =>
    (await to.client.get<Many<Notification>>('/v1/notifications')).body.data.some(
      ({ conversation_id: id }) => id === conversation.id,
    ),
  );
  await inDatabase((database) =>
    database.query(
      'update teams.notifications set created_at = created_at - make_interval(secs => $2) where conversation_id = $1',
      [conversation.id, secondsAgo],
    ),
  );
  return conversation;
}

function prefer(body: object): Promise<unknown> {
  return ben.client.patch('/v1/me/notification-preferences', body);
}

/** By then every mail that was due before is on its way. */
async function aTurnLater(): Promise<void> {
  const ada = await makeMember(workspace);
  await assign(60, 'For Ada', ada);
  await eventually(async () => (await mailsTo(ada.email)).length > 0, A_TURN);
}

function mailed(): Promise<ParsedMail[]> {
  return mailsTo(ben.email);
}

it('should mail what is unread in one mail, once, with links and without HTML of others', async () => {
  await prefer({ email_digest: 'hourly' });
  const [one, two] = [await assign(3_700, '<b>Invoice</b>'), await assign(10)];
  const mail = await eventually(async () => (await mailed())[0] ?? null, A_TURN);
  expect(mail.subject).toBe('2 notifications from Acme & Sons');
  expect(mail.text).toContain(`/conversations/${one.id}`);
  expect(mail.html).toContain(`/conversations/${two.id}`);
  expect(mail.html).not.toContain('<b>');
  await aTurnLater();
  expect(await mailed()).toHaveLength(1);
}, 90_000);

it('should not mail what has been read, is not wanted, or is not due yet', async () => {
  const { id } = await assign(5);
  await ben.client.post('/v1/notifications/read-all');
  await inDatabase((database) =>
    database.query(
      `update teams.notifications set created_at = now() - interval '1 minute' where conversation_id = $1`,
      [id],
    ),
  );
  await prefer({ email_digest: 'daily' });
  await assign(4_000);
  await prefer({ email_digest: 'off' });
  await assign(4_000);
  await aTurnLater();
  expect(await mailed()).toEqual([]);
  await prefer({ email_digest: 'immediate' });
  expect((await eventually(async () => (await mailed())[0] ?? null, A_TURN)).subject).toMatch(
    /^You were assigned conversation #2 /,
  );
}, 90_000);

it('should not mail who was deactivated', async () => {
  await assign(15);
  await workspace.client.post(`/v1/users/${ben.userId}/deactivate`, {});
  await aTurnLater();
  expect(await mailed()).toEqual([]);
}, 90_000);
