import { randomInt, randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

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
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function block(body: object): Promise<Block> {
  return getData(await workspace.client.post<ItemResponse<Block>>('/v1/blocked-visitors', body));
}

async function isBlocked(id: string): Promise<boolean> {
  return getData(await workspace.client.get<ItemResponse<Contact & { blocked: boolean }>>(`/v1/contacts/${id}`))
    .blocked;
}

const openConversation = (contact: object, fields: object = {}) =>
  workspace.client.post('/v1/conversations', { ...contact, message: { body: 'Buy now' }, ...fields });

describe('blocks of contacts', () => {
  it('should reject messages and conversations of the contact and allow those of agents', async () => {
    const { id, name } = await createContact(workspace.client);
    const conversation = await createConversation(workspace.client, { contact_id: id });
    const created = await block({ contact_id: id, reason: 'Spam' });
    expect(created).toMatchObject({
      contact: { id, name },
      email: null,
      reason: 'Spam',
      created_by: { kind: 'user', id: workspace.userId },
    });
    const sendMessage = (type: string) =>
      workspace.client.post(`/v1/conversations/${conversation.id}/messages`, { body: 'Hello', type });
    expect(getError(await sendMessage('comment'))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(getError(await openConversation({ contact_id: id })).status).toBe(403);
    expect([(await sendMessage('reply')).status, (await sendMessage('note')).status]).toEqual([201, 201]);
    expect((await openConversation({ contact_id: id }, { message: { body: 'Sorry', type: 'reply' } })).status).toBe(
      201,
    );
    expect(
      (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { blocked: true })).body.data.map(
        (contact) => contact.id,
      ),
    ).toContain(id);
    expect((await workspace.client.delete(`/v1/blocked-visitors/${created.id}`)).status).toBe(204);
    expect((await sendMessage('comment')).status).toBe(201);
    const emitted = (await listEvents(workspace.client)).filter(
      ({ type, subject_id }) => subject_id === id && type.endsWith('blocked'),
    );
    expect(emitted.map(({ type, data }) => [type, data.block_id])).toEqual([
      ['contact.blocked', created.id],
      ['contact.unblocked', created.id],
    ]);
  });

  it('should be rejected when the target is blocked, unknown or ambiguous', async () => {
    const { id } = await createContact(workspace.client);
    await block({ contact_id: id });
    const rejected = async (body: object) => getError(await workspace.client.post('/v1/blocked-visitors', body)).status;
    expect(await rejected({ contact_id: id })).toBe(409);
    expect(await rejected({ contact_id: randomUUID() })).toBe(422);
    expect(await rejected({ contact_id: (await createContact(other.client)).id })).toBe(422);
    expect(await rejected({})).toBe(400);
    expect(await rejected({ contact_id: id, email: 'a@example.com' })).toBe(400);
    expect(await rejected({ email: 'a@example.com', expires_at: '2020-01-01T00:00:00Z' })).toBe(400);
  });
});

describe('blocks of addresses', () => {
  it('should apply to current and later owners of the address', async () => {
    const [email, phone] = [`spam-${randomUUID()}@example.com`, `+4930${randomInt(10_000_000, 99_999_999)}`];
    const now = await createContact(workspace.client, {
      emails: [{ email: `x-${randomUUID()}@example.com` }, { email }],
      email: undefined,
    });
    const created = await block({ email: email.toUpperCase() });
    expect(created.email).toBe(email);
    expect(await isBlocked(now.id)).toBe(true);
    await block({ phone });
    const later = await createContact(workspace.client);
    expect(
      getData(await workspace.client.patch<ItemResponse<{ blocked: boolean }>>(`/v1/contacts/${later.id}`, { phone }))
        .blocked,
    ).toBe(true);
    expect(getError(await openConversation({ contact: { phone } })).status).toBe(403);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<{ blocked: boolean }>>(`/v1/contacts/${later.id}`, { phone: null }),
      ).blocked,
    ).toBe(false);
    expect(getError(await openConversation({ contact: { phone, name: 'New' } })).status).toBe(403);
    expect(getError(await workspace.client.post('/v1/blocked-visitors', { email })).status).toBe(409);
  });

  it('should match IP addresses in blocked networks', async () => {
    const created = await block({ ip_address: '203.0.113.7/24' });
    expect(created.ip_address).toBe('203.0.113.0/24');
    expect(getError(await workspace.client.post('/v1/blocked-visitors', { ip_address: '127.1' }))).toMatchObject({
      status: 400,
      details: { ip_address: expect.anything() },
    });
    expect(
      (await listEvents(workspace.client))
        .filter(({ subject_id }) => subject_id === created.id)
        .map(({ type }) => type),
    ).toEqual(['visitor.blocked']);
  });
});

it('should end a block when it expires', async () => {
  const { id } = await createContact(workspace.client);
  await block({ contact_id: id, expires_at: new Date(Date.now() + 1_000).toISOString() });
  expect(await isBlocked(id)).toBe(true);
  await eventually(async () => expect(await isBlocked(id)).toBe(false), { timeoutMs: 15_000 });
  const emitted = (await listEvents(workspace.client)).find(
    ({ type, subject_id }) => type === 'contact.unblocked' && subject_id === id,
  );
  expect(emitted!.actor).toEqual({ kind: 'system', id: null });
});

it('should move a block to the remaining contact of a merge and back when the merge is undone', async () => {
  const [target, source] = [await createContact(workspace.client), await createContact(workspace.client)];
  await block({ contact_id: source.id });
  const { id } = getData(
    await workspace.client.post<ItemResponse<{ id: string }>>(`/v1/contacts/${target.id}/merge`, {
      contact_ids: [source.id],
    }),
  );
  expect(await isBlocked(target.id)).toBe(true);
  await workspace.client.post(`/v1/contacts/merges/${id}/undo`);
  expect([await isBlocked(target.id), await isBlocked(source.id)]).toEqual([false, true]);
});

it('should not show or delete blocks of another workspace', async () => {
  const { id } = await block({ email: `spam-${randomUUID()}@example.com` });
  expect((await other.client.get<ListResponse<Block>>('/v1/blocked-visitors')).body.data).toEqual([]);
  expect(getError(await other.client.delete(`/v1/blocked-visitors/${id}`)).status).toBe(404);
});
