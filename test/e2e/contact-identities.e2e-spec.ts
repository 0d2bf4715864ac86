import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeContact } from '../factories/contact.js';
import { makeConversation } from '../factories/conversation.js';
import { makeInbox } from '../factories/inbox.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import type { Contact, Many, One } from '../support/wire.js';

interface Identity {
  readonly id: string;
  readonly contact_id: string;
  readonly inbox: { readonly id: string; readonly name: string };
  readonly source_id: string;
}

type Known = Contact & { readonly kind: string };

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

const fresh = (): string => `ada-${randomUUID()}@example.com`;

async function identities(id: string): Promise<readonly Identity[]> {
  return (await workspace.client.get<Many<Identity>>(`/v1/contacts/${id}/identities`)).body.data;
}

async function anonymous(): Promise<Known> {
  return (await makeContact(workspace.client, { name: null, email: null })) as Known;
}

const identify = (id: string, who: object) => workspace.client.post<One<Known>>(`/v1/contacts/${id}/identify`, who);

describe('what contacts are called in inboxes', () => {
  it('should be said, listed and forgotten', async () => {
    const [{ id }, inbox] = [await makeContact(workspace.client), await makeInbox(workspace.client)];
    const made = dataOf(
      await workspace.client.post<One<Identity>>(`/v1/contacts/${id}/identities`, {
        inbox_id: inbox.id,
        source_id: 'telegram:1',
      }),
    );
    expect(made).toMatchObject({ contact_id: id, inbox: { id: inbox.id, name: inbox.name }, source_id: 'telegram:1' });
    expect(await identities(id)).toEqual([made]);
    const another = await makeContact(workspace.client);
    expect(
      refusalOf(
        await workspace.client.post(`/v1/contacts/${another.id}/identities`, {
          inbox_id: inbox.id,
          source_id: 'telegram:1',
        }),
      ).status,
    ).toBe(409);
    expect(refusalOf(await workspace.client.delete(`/v1/contacts/${another.id}/identities/${made.id}`)).status).toBe(
      404,
    );
    expect((await workspace.client.delete(`/v1/contacts/${id}/identities/${made.id}`)).status).toBe(204);
    expect(await identities(id)).toEqual([]);
  });

  it('should go with a merge and come back, and with their inbox', async () => {
    const [target, source, inbox] = [
      await makeContact(workspace.client),
      await makeContact(workspace.client),
      await makeInbox(workspace.client),
    ];
    await workspace.client.post(`/v1/contacts/${source.id}/identities`, { inbox_id: inbox.id, source_id: 'x' });
    const { id } = dataOf(
      await workspace.client.post<One<{ id: string }>>(`/v1/contacts/${target.id}/merge`, { contact_ids: [source.id] }),
    );
    expect(await identities(target.id)).toHaveLength(1);
    await workspace.client.post(`/v1/contacts/merges/${id}/undo`);
    expect([await identities(target.id), (await identities(source.id)).length]).toEqual([[], 1]);
    await workspace.client.delete(`/v1/team-inboxes/${inbox.id}`);
    await eventually(async () => expect(await identities(source.id)).toEqual([]));
  });

  it('should not be said with an inbox of another workspace', async () => {
    const [{ id }, inbox] = [await makeContact(workspace.client), await makeInbox(other.client)];
    expect(
      refusalOf(await workspace.client.post(`/v1/contacts/${id}/identities`, { inbox_id: inbox.id, source_id: 'x' }))
        .status,
    ).toBe(422);
  });
});

describe('saying who a contact is', () => {
  it('should make an anonymous contact the one', async () => {
    const { id, kind } = await anonymous();
    expect(kind).toBe('anonymous');
    const email = fresh();
    expect(dataOf(await identify(id, { email, name: 'Ada' }))).toMatchObject({
      id,
      email,
      name: 'Ada',
      kind: 'identified',
    });
    const listed = (await workspace.client.get<Many<Known>>('/v1/contacts', { kind: 'anonymous', limit: 100 })).body
      .data;
    expect(listed.every((contact) => contact.kind === 'anonymous' && contact.id !== id)).toBe(true);
  });

  it('should merge an anonymous contact into the one who is known, with all they said', async () => {
    const identifier = randomUUID();
    const known = await makeContact(workspace.client, { identifier, name: null });
    const { id } = await anonymous();
    const { id: conversationId } = await makeConversation(workspace.client, { contact_id: id });
    expect(dataOf(await identify(id, { identifier, name: 'Ada' }))).toMatchObject({
      id: known.id,
      name: 'Ada',
      conversation_count: 1,
    });
    expect(
      dataOf(await workspace.client.get<One<{ contact: { id: string } }>>(`/v1/conversations/${conversationId}`))
        .contact.id,
    ).toBe(known.id);
    expect(refusalOf(await workspace.client.get(`/v1/contacts/${id}`))).toMatchObject({
      status: 404,
      details: { merged_into: known.id },
    });
  });

  it('should be one contact when several sessions say the same at once', async () => {
    const email = fresh();
    const sessions = await Promise.all(Array.from({ length: 4 }, anonymous));
    const answers = await Promise.all(sessions.map(({ id }) => identify(id, { email })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => dataOf(answer).id)).size).toBe(1);
  });

  it('should refuse to make one known contact another, and to say nothing', async () => {
    const [one, two] = [await makeContact(workspace.client), await makeContact(workspace.client)];
    expect(refusalOf(await identify(one.id, { email: two.email }))).toMatchObject({
      status: 409,
      details: { contact_id: two.id },
    });
    expect(refusalOf(await identify(one.id, { name: 'Ada' })).status).toBe(400);
    expect(dataOf(await identify(one.id, { email: one.email, name: 'Ada' }))).toMatchObject({
      id: one.id,
      name: 'Ada',
    });
  });

  it('should not find contacts of another workspace', async () => {
    const [stranger, { id }] = [await makeContact(other.client), await anonymous()];
    expect(dataOf(await identify(id, { email: stranger.email }))).toMatchObject({ id, email: stranger.email });
    expect(refusalOf(await other.client.post(`/v1/contacts/${id}/identify`, { email: fresh() })).status).toBe(404);
  });
});
