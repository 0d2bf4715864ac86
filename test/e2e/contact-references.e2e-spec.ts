import { randomInt, randomUUID } from 'node:crypto';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { createApiKey, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

const uniqueEmail = (): string => `ada-${randomUUID()}@example.com`;

function openConversation(contact: object, client = workspace.client): ReturnType<typeof client.post> {
  return client.post('/v1/conversations', { contact, message: { type: 'comment', body: 'Hello' } });
}

async function contact(id: string): Promise<Contact> {
  return getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/contacts/${id}`));
}

describe('contact of a new conversation', () => {
  it('should not be a contact with another identifier when only the e-mail matches', async () => {
    const existing = await createContact(workspace.client, {
      identifier: randomUUID(),
      emails: [{ email: uniqueEmail() }, { email: uniqueEmail() }],
      email: undefined,
    });
    for (const { email } of existing.emails) {
      expect(getError(await openConversation({ identifier: randomUUID(), email: email.toUpperCase() }))).toMatchObject({
        status: 409,
        details: { field: 'contact.email', id: existing.id },
      });
    }
    expect(await contact(existing.id)).toMatchObject({ conversation_count: 0, version: 1 });
  });

  it('should be the contact without an identifier when the e-mail matches, and should set its identifier', async () => {
    const [existing, identifier] = [await createContact(workspace.client), randomUUID()];
    expect(
      (await createConversation(workspace.client, { contact: { identifier, email: existing.email } })).contact.id,
    ).toBe(existing.id);
    expect((await contact(existing.id)).identifier).toBe(identifier);
    expect(
      (await createConversation(workspace.client, { contact: { identifier, email: existing.email } })).contact.id,
    ).toBe(existing.id);
  });

  it('should be a new contact when only the phone number matches a contact with another identifier', async () => {
    const phone = `+4930${randomInt(10_000_000, 99_999_999)}`;
    const existing = await createContact(workspace.client, { identifier: randomUUID(), phone });
    const identifier = randomUUID();
    const started = await createConversation(workspace.client, { contact: { identifier, phone } });
    expect(started.contact.id).not.toBe(existing.id);
    expect(await contact(started.contact.id)).toMatchObject({ identifier, phone });
  });

  it('should be rejected with the e-mail when the identifier belongs to another contact', async () => {
    const [item, secondItem] = [
      await createContact(workspace.client, { identifier: randomUUID(), email: null }),
      await createContact(workspace.client),
    ];
    expect(getError(await openConversation({ identifier: item.identifier, email: secondItem.email }))).toMatchObject({
      status: 409,
      details: { field: 'contact.email', id: secondItem.id },
    });
  });

  it('should not be reported with an ID that was rolled back', async () => {
    const [email, existing] = [uniqueEmail(), await createContact(workspace.client)];
    for (const blocked of [email, existing.email])
      await workspace.client.post('/v1/blocked-visitors', { email: blocked });
    const before = (await workspace.client.get<ListResponse<Contact>>('/v1/contacts')).body.total;
    const rejection = getError(await openConversation({ email: email.toUpperCase() }));
    expect(rejection).toMatchObject({ status: 403, message: 'This contact is blocked' });
    expect(rejection.details).toEqual({});
    expect((await workspace.client.get<ListResponse<Contact>>('/v1/contacts')).body.total).toBe(before);
    expect(
      getError(
        await workspace.client.post('/v1/conversations', {
          contact_id: existing.id,
          message: { type: 'comment', body: 'Hello' },
        }),
      ).details,
    ).toEqual({ contact_id: existing.id });
  });

  it('should be rejected when the identifier is free and the e-mail belongs to another identifier', async () => {
    const existing = await createContact(workspace.client, { identifier: randomUUID() });
    const { id } = await createContact(workspace.client, { email: null });
    expect(
      getError(
        await workspace.client.post(`/v1/contacts/${id}/identify`, { identifier: randomUUID(), email: existing.email }),
      ),
    ).toMatchObject({ status: 409, details: { field: 'email', id: existing.id } });
    const own = await createContact(workspace.client, { identifier: randomUUID() });
    expect(
      getData(
        await workspace.client.post<ItemResponse<Contact>>(`/v1/contacts/${own.id}/identify`, {
          identifier: 'c-new',
          email: own.email,
        }),
      ),
    ).toMatchObject({ id: own.id, identifier: 'c-new' });
  });
});

describe('conflict errors of contacts', () => {
  it("should contain the other contact's ID when the caller can read contacts", async () => {
    const owner = await createContact(workspace.client, {
      identifier: randomUUID(),
      emails: [{ email: uniqueEmail() }, { email: uniqueEmail() }],
      email: undefined,
    });
    const another = await createContact(workspace.client);
    for (const [field, fields] of [
      ['identifier', { identifier: owner.identifier }],
      ['email', { email: owner.emails[1]!.email }],
      ['email', { emails: [{ email: another.email }, { email: owner.email }] }],
    ] as const) {
      const inUse = { status: 409, details: { field, id: owner.id } };
      expect(getError(await workspace.client.patch(`/v1/contacts/${another.id}`, fields))).toMatchObject(inUse);
      expect(
        getError(await workspace.client.post('/v1/contacts', fields, { 'idempotency-key': randomUUID() })).status,
      ).toBe(409);
    }
    expect(
      getError(await workspace.client.post('/v1/contacts', { email: owner.email }, { 'idempotency-key': randomUUID() }))
        .details,
    ).toEqual({ field: 'email', id: owner.id });
  });

  it("should not contain the other contact's ID when the caller cannot read contacts", async () => {
    const existing = await createContact(workspace.client, { identifier: randomUUID() });
    const { client } = await createApiKey(workspace, ['conversations:write']);
    expect(
      getError(await openConversation({ identifier: randomUUID(), email: existing.email }, client)).details,
    ).toEqual({
      field: 'contact.email',
    });
  });
});
