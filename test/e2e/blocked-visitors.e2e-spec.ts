import { randomInt, randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeContact } from '../factories/contact.js';
import { makeConversation } from '../factories/conversation.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Contact, Many, One } from '../support/wire.js';

interface Block {
  readonly id: string;
  readonly contact: { readonly id: string; readonly name: string | null } | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly ip_address: string | null;
  readonly reason: string | null;
  readonly created_by: { readonly kind: string; readonly id: string | null };
}

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function block(body: object): Promise<Block> {
  return dataOf(await workspace.client.post<One<Block>>('/v1/blocked-visitors', body));
}

async function isBlocked(id: string): Promise<boolean> {
  return dataOf(await workspace.client.get<One<Contact & { blocked: boolean }>>(`/v1/contacts/${id}`)).blocked;
}

const begin = (contact: object, fields: object = {}) =>
  workspace.client.post('/v1/conversations', { ...contact, message: { body: 'Buy now' }, ...fields });

describe('blocking a contact', () => {
  it('should refuse what they write and begin, and let the team write to them', async () => {
    const { id, name } = await makeContact(workspace.client);
    const conversation = await makeConversation(workspace.client, { contact_id: id });
    const made = await block({ contact_id: id, reason: 'Spam' });
    expect(made).toMatchObject({
      contact: { id, name },
      email: null,
      reason: 'Spam',
      created_by: { kind: 'user', id: workspace.userId },
    });
    const say = (type: string) =>
      workspace.client.post(`/v1/conversations/${conversation.id}/messages`, { body: 'Hello', type });
    expect(refusalOf(await say('comment'))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(refusalOf(await begin({ contact_id: id })).status).toBe(403);
    expect([(await say('reply')).status, (await say('note')).status]).toEqual([201, 201]);
    expect((await begin({ contact_id: id }, { message: { body: 'Sorry', type: 'reply' } })).status).toBe(201);
    expect(
      (await workspace.client.get<Many<Contact>>('/v1/contacts', { blocked: true })).body.data.map(
        (contact) => contact.id,
      ),
    ).toContain(id);
    expect((await workspace.client.delete(`/v1/blocked-visitors/${made.id}`)).status).toBe(204);
    expect((await say('comment')).status).toBe(201);
    const told = (await eventsOf(workspace.client)).filter(
      ({ type, subject_id }) => subject_id === id && type.endsWith('blocked'),
    );
    expect(told.map(({ type, data }) => [type, data.block_id])).toEqual([
      ['contact.blocked', made.id],
      ['contact.unblocked', made.id],
    ]);
  });

  it('should be refused twice, for nobody, and for more than one at once', async () => {
    const { id } = await makeContact(workspace.client);
    await block({ contact_id: id });
    const refused = async (body: object) => refusalOf(await workspace.client.post('/v1/blocked-visitors', body)).status;
    expect(await refused({ contact_id: id })).toBe(409);
    expect(await refused({ contact_id: randomUUID() })).toBe(422);
    expect(await refused({ contact_id: (await makeContact(other.client)).id })).toBe(422);
    expect(await refused({})).toBe(400);
    expect(await refused({ contact_id: id, email: 'a@example.com' })).toBe(400);
    expect(await refused({ email: 'a@example.com', expires_at: '2020-01-01T00:00:00Z' })).toBe(400);
  });
});

describe('blocking an address', () => {
  it('should block who has it now and later', async () => {
    const [email, phone] = [`spam-${randomUUID()}@example.com`, `+4930${randomInt(10_000_000, 99_999_999)}`];
    const now = await makeContact(workspace.client, {
      emails: [{ email: `x-${randomUUID()}@example.com` }, { email }],
      email: undefined,
    });
    const made = await block({ email: email.toUpperCase() });
    expect(made.email).toBe(email);
    expect(await isBlocked(now.id)).toBe(true);
    await block({ phone });
    const later = await makeContact(workspace.client);
    expect(
      dataOf(await workspace.client.patch<One<{ blocked: boolean }>>(`/v1/contacts/${later.id}`, { phone })).blocked,
    ).toBe(true);
    expect(refusalOf(await begin({ contact: { phone } })).status).toBe(403);
    expect(
      dataOf(await workspace.client.patch<One<{ blocked: boolean }>>(`/v1/contacts/${later.id}`, { phone: null }))
        .blocked,
    ).toBe(false);
    expect(refusalOf(await begin({ contact: { phone, name: 'New' } })).status).toBe(403);
    expect(refusalOf(await workspace.client.post('/v1/blocked-visitors', { email })).status).toBe(409);
  });

  it('should know networks', async () => {
    const made = await block({ ip_address: '203.0.113.7/24' });
    expect(made.ip_address).toBe('203.0.113.0/24');
    expect(refusalOf(await workspace.client.post('/v1/blocked-visitors', { ip_address: '127.1' }))).toMatchObject({
      status: 400,
      details: { ip_address: expect.anything() },
    });
    expect(
      (await eventsOf(workspace.client)).filter(({ subject_id }) => subject_id === made.id).map(({ type }) => type),
    ).toEqual(['visitor.blocked']);
  });
});

it('should end by itself', async () => {
  const { id } = await makeContact(workspace.client);
  await block({ contact_id: id, expires_at: new Date(Date.now() + 1_000).toISOString() });
  expect(await isBlocked(id)).toBe(true);
  await eventually(async () => expect(await isBlocked(id)).toBe(false), { timeoutMs: 15_000 });
  const told = (await eventsOf(workspace.client)).find(
    ({ type, subject_id }) => type === 'contact.unblocked' && subject_id === id,
  );
  expect(told!.actor).toEqual({ kind: 'system', id: null });
});

it('should go with a contact who is merged into another, and come back', async () => {
  const [target, source] = [await makeContact(workspace.client), await makeContact(workspace.client)];
  await block({ contact_id: source.id });
  const { id } = dataOf(
    await workspace.client.post<One<{ id: string }>>(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] }),
  );
  expect(await isBlocked(target.id)).toBe(true);
  await workspace.client.post(`/v1/contacts/merges/${id}/undo`);
  expect([await isBlocked(target.id), await isBlocked(source.id)]).toEqual([false, true]);
});

it('should not be shown of another workspace, nor lifted', async () => {
  const { id } = await block({ email: `spam-${randomUUID()}@example.com` });
  expect((await other.client.get<Many<Block>>('/v1/blocked-visitors')).body.data).toEqual([]);
  expect(refusalOf(await other.client.delete(`/v1/blocked-visitors/${id}`)).status).toBe(404);
});
