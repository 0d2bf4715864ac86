import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

interface Identity {
  readonly id: string;
  readonly contact_id: string;
  readonly inbox: { readonly id: string; readonly name: string };
  readonly source_id: string;
}

type ResolvedIdentity = Contact & { readonly kind: string };

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

const uniqueSourceId = (): string => `ada-${randomUUID()}@example.com`;

async function identities(id: string): Promise<readonly Identity[]> {
  return (await workspace.client.get<ListResponse<Identity>>(`/v1/contacts/${id}/identities`)).body.data;
}

async function anonymous(): Promise<ResolvedIdentity> {
  return (await createContact(workspace.client, { name: null, email: null })) as ResolvedIdentity;
}

const identify = (id: string, subject: object) =>
  workspace.client.post<ItemResponse<ResolvedIdentity>>(`/v1/contacts/${id}/identify`, subject);

describe('inbox identities', () => {
  it('should be created, listed and deleted', async () => {
    const [{ id }, inbox] = [await createContact(workspace.client), await createInbox(workspace.client)];
    const created = getData(
      await workspace.client.post<ItemResponse<Identity>>(`/v1/contacts/${id}/identities`, {
        inbox_id: inbox.id,
        source_id: 'telegram:1',
      }),
    );
    expect(created).toMatchObject({
      contact_id: id,
      inbox: { id: inbox.id, name: inbox.name },
      source_id: 'telegram:1',
    });
    expect(await identities(id)).toEqual([created]);
    const another = await createContact(workspace.client);
    expect(
      getError(
        await workspace.client.post(`/v1/contacts/${another.id}/identities`, {
          inbox_id: inbox.id,
          source_id: 'telegram:1',
        }),
      ).status,
    ).toBe(409);
    expect(getError(await workspace.client.delete(`/v1/contacts/${another.id}/identities/${created.id}`)).status).toBe(
      404,
    );
    expect((await workspace.client.delete(`/v1/contacts/${id}/identities/${created.id}`)).status).toBe(204);
    expect(await identities(id)).toEqual([]);
  });

  it('should move with a merge and its undo, and be deleted with their inbox', async () => {
    const [target, source, inbox] = [
      await createContact(workspace.client),
      await createContact(workspace.client),
      await createInbox(workspace.client),
    ];
    await workspace.client.post(`/v1/contacts/${source.id}/identities`, { inbox_id: inbox.id, source_id: 'x' });
    const { id } = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>(`/v1/contacts/${target.id}/merge`, {
        contact_ids: [source.id],
      }),
    );
    expect(await identities(target.id)).toHaveLength(1);
    await workspace.client.post(`/v1/contacts/merges/${id}/undo`);
    expect([await identities(target.id), (await identities(source.id)).length]).toEqual([[], 1]);
    await workspace.client.delete(`/v1/team-inboxes/${inbox.id}`);
    await eventually(async () => expect(await identities(source.id)).toEqual([]));
  });

  it('should be rejected for an inbox of another workspace', async () => {
    const [{ id }, inbox] = [await createContact(workspace.client), await createInbox(other.client)];
    expect(
      getError(await workspace.client.post(`/v1/contacts/${id}/identities`, { inbox_id: inbox.id, source_id: 'x' }))
        .status,
    ).toBe(422);
  });
});

describe('POST /v1/contacts/{id}/identify', () => {
  it('should set the identifier on an anonymous contact', async () => {
    const { id, kind } = await anonymous();
    expect(kind).toBe('anonymous');
    const email = uniqueSourceId();
    expect(getData(await identify(id, { email, name: 'Ada' }))).toMatchObject({
      id,
      email,
      name: 'Ada',
      kind: 'identified',
    });
    const listed = (
      await workspace.client.get<ListResponse<ResolvedIdentity>>('/v1/contacts', { kind: 'anonymous', limit: 100 })
    ).body.data;
    expect(listed.every((contact) => contact.kind === 'anonymous' && contact.id !== id)).toBe(true);
  });

  it('should merge an anonymous contact into the owner of the identifier, with its conversations', async () => {
    const identifier = randomUUID();
    const existing = await createContact(workspace.client, { identifier, name: null });
    const { id } = await anonymous();
    const { id: conversationId } = await createConversation(workspace.client, { contact_id: id });
    expect(getData(await identify(id, { identifier, name: 'Ada' }))).toMatchObject({
      id: existing.id,
      name: 'Ada',
      conversation_count: 1,
    });
    expect(
      getData(
        await workspace.client.get<ItemResponse<{ contact: { id: string } }>>(`/v1/conversations/${conversationId}`),
      ).contact.id,
    ).toBe(existing.id);
    expect(getError(await workspace.client.get(`/v1/contacts/${id}`))).toMatchObject({
      status: 404,
      details: { merged_into: existing.id },
    });
  });

  it('should result in one contact when several sessions identify concurrently', async () => {
    const email = uniqueSourceId();
    const sessions = await Promise.all(Array.from({ length: 4 }, anonymous));
    const responses = await Promise.all(sessions.map(({ id }) => identify(id, { email })));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(responses.map((response) => getData(response).id)).size).toBe(1);
  });

  it('should be rejected for an identified contact, and without identifying fields', async () => {
    const [item, secondItem] = [await createContact(workspace.client), await createContact(workspace.client)];
    expect(getError(await identify(item.id, { email: secondItem.email }))).toMatchObject({
      status: 409,
      details: { contact_id: secondItem.id },
    });
    expect(getError(await identify(item.id, { name: 'Ada' })).status).toBe(400);
    expect(getData(await identify(item.id, { email: item.email, name: 'Ada' }))).toMatchObject({
      id: item.id,
      name: 'Ada',
    });
  });

  it('should not find contacts of another workspace', async () => {
    const [outsider, { id }] = [await createContact(other.client), await anonymous()];
    expect(getData(await identify(id, { email: outsider.email }))).toMatchObject({ id, email: outsider.email });
    expect(getError(await other.client.post(`/v1/contacts/${id}/identify`, { email: uniqueSourceId() })).status).toBe(
      404,
    );
  });
});
