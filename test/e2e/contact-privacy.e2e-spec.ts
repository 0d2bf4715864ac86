import { randomInt, randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createAutomation } from '../factories/automation.js';
import { createContact } from '../factories/contact.js';
import { importContacts, type ContactImport } from '../factories/contact-import.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createInbox } from '../factories/inbox.js';
import { createNote } from '../factories/note.js';
import { createWebhook } from '../factories/webhook.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { withDatabase, runSql } from '../support/database.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import type { Contact, Conversation, ListResponse, Message, ItemResponse } from '../support/wire.js';

interface Export {
  readonly id: string;
  readonly status: string;
  readonly written: number;
  readonly total: number | null;
  readonly url: string | null;
}

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await registerWorkspace();
  client = workspace.client;
});

function waitForExport(id: string): Promise<Export> {
  return eventually(async () => {
    const item = getData(await client.get<ItemResponse<Export>>(`/v1/contacts/exports/${id}`));
    return ['completed', 'failed', 'expired'].includes(item.status) ? item : null;
  });
}

async function content(url: string): Promise<string> {
  const response = await fetch(new URL(url, serverUrl()));
  expect(response.status).toBe(200);
  return response.text();
}

/** All tables with a row that contains one of these texts. */
function findTablesContaining(texts: readonly string[]): Promise<string[]> {
  return withDatabase(async (database) => {
    const { rows } = await database.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const match = await database.query<{ row: string }>(
        `select t::text as row from ${name} t where t::text ilike any($1) limit 1`,
        [texts.map((text) => `%${text}%`)],
      );
      if (match.rows[0]) found.push(`${name}: ${match.rows[0].row.slice(0, 2000)}`);
    }
    return found;
  });
}

describe('POST /v1/contacts/{id}/erase', () => {
  it('should remove all personal data of the contact from the whole database', async () => {
    const mark = `q${randomUUID().replaceAll('-', '')}`;
    const [mail, phone] = [`${mark}@example.com`, `+1415555${randomInt(1000, 9999)}`];
    const receiver = await WebhookReceiver.listen();
    await createWebhook(client, receiver.url);
    await createAutomation(client, { filter: { field: 'message.body', operator: 'contains', value: 'where' } });
    const merged = await createContact(client, { name: `Old ${mark}`, email: `old-${mail}`, identifier: `id-${mark}` });
    const contact = getData(
      await client.post<ItemResponse<Contact>>(
        '/v1/contacts',
        { name: `Ada ${mark}`, email: mail, phone, custom_fields: { plan: mark }, company: mark, tags: [mark] },
        { 'idempotency-key': randomUUID() },
      ),
    );
    const unrelated = await createContact(client, { name: 'Grace' });
    await client.patch(`/v1/contacts/${contact.id}`, {
      name: `Ada Lovelace ${mark}`,
      custom_fields: { plan: `${mark}2` },
    });
    getData(
      await client.post<ItemResponse<{ id: string }>>(`/v1/contacts/${contact.id}/merge`, { contact_ids: [merged.id] }),
    );
    const { id: reverted } = getData(
      await client.post<ItemResponse<{ id: string }>>(`/v1/contacts/${unrelated.id}/merge`, {
        contact_ids: [contact.id],
      }),
    );
    getData(await client.post<ItemResponse<unknown>>(`/v1/contacts/merges/${reverted}/undo`));
    await client.post(`/v1/contacts/${contact.id}/notes`, { body: `Likes ${mark}` });
    await client.post(`/v1/contacts/${contact.id}/identities`, {
      inbox_id: (await createInbox(client)).id,
      source_id: mark,
    });
    await client.post('/v1/contacts/bulk', {
      filter: { field: 'email', operator: 'equals', value: mail },
      update: { status: 'inactive' },
    });
    const { id: importId } = await importContacts(client, `email,phone\n${mail},not a number ${mark}\n`);
    const file = await createFile(client, `words ${mark}`, `${mark}.txt`);
    const conversation = await createConversation(client, {
      contact_id: contact.id,
      subject: `About ${mark}`,
      custom_fields: { order: mark },
      message: { body: `Where is ${mark}?` },
    });
    const sent = await createMessage(client, conversation.id, {
      type: 'comment',
      body: `Again where ${mark}`,
      attachment_ids: [file.id],
    });
    await client.patch(`/v1/messages/${sent.id}`, { body: `No: ${mark}` });
    await createMessage(client, conversation.id, { body: `Dear ${mark}` });
    await createNote(client, conversation.id, { body: `Strange: ${mark}` });
    await client.patch(`/v1/conversations/${conversation.id}`, { subject: `Still ${mark}` });
    await client.post(`/v1/conversations/${conversation.id}/scheduled-messages`, {
      body: `Later ${mark}`,
      scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await client.post('/v1/blocked-visitors', { contact_id: contact.id, reason: mark });
    await eventually(async () =>
      expect(getData(await client.get<ItemResponse<ContactImport>>(`/v1/contacts/imports/${importId}`)).status).toBe(
        'completed',
      ),
    );
    const stored = await waitForExport(
      getData(await client.post<ItemResponse<Export>>(`/v1/contacts/${contact.id}/export`)).id,
    );
    await eventually(() =>
      expect(receiver.received.filter(({ body }) => body.includes(`Still ${mark}`)).length).toBeGreaterThan(0),
    );
    const existed = await findTablesContaining([mark, phone]);
    expect(existed.length).toBeGreaterThan(12);

    expect((await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: mail })).status).toBe(204);

    // Pending webhook deliveries are built from the remaining data.
    await eventually(() => expect(receiver.ofType('contact.erased')).toHaveLength(1));
    expect(await findTablesContaining([mark, phone])).toEqual([]);
    for (const url of [stored.url!, file.url])
      await eventually(async () => expect((await fetch(new URL(url, serverUrl()))).status).toBe(404));
    const rejection = getError(await client.get(`/v1/contacts/${contact.id}`));
    expect(rejection).toMatchObject({ status: 404, details: { erased_at: expect.any(String) as string } });
    const placeholder = getData(await client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`));
    expect(placeholder).toMatchObject({ subject: null, contact: { id: contact.id, name: null, email: null } });
    expect(
      (await client.get<ListResponse<Message>>(`/v1/conversations/${conversation.id}/messages`)).body.data.every(
        ({ body }) => body === '',
      ),
    ).toBe(true);
    expect(getData(await client.get<ItemResponse<Contact>>(`/v1/contacts/${unrelated.id}`)).name).toBe('Grace');
    const emitted = (await listEvents(client)).filter(({ type }) => type === 'contact.erased');
    expect(emitted).toMatchObject([{ subject_id: contact.id, data: { contact_ids: [merged.id] } }]);
    for (const listed of ['/v1/audit', '/v1/automations']) expect((await client.get(listed)).status).toBeLessThan(500);
    await receiver.close();
  });

  it("should close the contact's conversations and mark them as read", async () => {
    const contact = await createContact(client);
    const started = { contact_id: contact.id, message: { body: 'Where is it?' } };
    const [open, snoozed, resolved, unrelatedContacts] = [
      await createConversation(client, started),
      await createConversation(client, started),
      await createConversation(client, started),
      await createConversation(client, { message: { body: 'Hello' } }),
    ];
    await client.post(`/v1/conversations/${snoozed.id}/snooze`, {
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await client.post(`/v1/conversations/${resolved.id}/resolve`);
    expect((await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: contact.id })).status).toBe(204);
    for (const { id } of [open, snoozed, resolved]) {
      expect(getData(await client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
        status: 'closed',
        waiting_since: null,
        unread_count: 0,
        snoozed_until: null,
        closed_at: expect.any(String) as string,
      });
    }
    const unread = (
      await client.get<ListResponse<Conversation>>('/v1/conversations', { unread: 'true' })
    ).body.data.map(({ id }) => id);
    expect(unread).toContain(unrelatedContacts.id);
    expect(unread.filter((id) => [open.id, snoozed.id, resolved.id].includes(id))).toEqual([]);
    const emitted = (await listEvents(client)).filter(
      ({ subject_id, data }) => subject_id === open.id && 'status' in ((data.changed ?? {}) as object),
    );
    expect(emitted).toMatchObject([
      { type: 'conversation.closed', data: { contact_id: contact.id, changed: { status: ['open', 'closed'] } } },
    ]);
  });

  it('should require the ID or an e-mail as confirmation, and succeed once', async () => {
    const contact = await createContact(client);
    const other = await createContact(client);
    expect(getError(await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: other.email }))).toMatchObject({
      status: 400,
      details: { confirm: [expect.any(String)] },
    });
    const both = await Promise.all(
      [1, 2].map(() => client.post(`/v1/customer-profiles/${contact.id}/erase`, { confirm: contact.id.toUpperCase() })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(getData(await client.get<ItemResponse<Contact>>(`/v1/contacts/${other.id}`)).email).toBe(other.email);
  });

  it('should erase a deleted contact, which then cannot be restored', async () => {
    const contact = await createContact(client);
    await client.delete(`/v1/contacts/${contact.id}`);
    expect((await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: contact.email })).status).toBe(204);
    expect(getError(await client.post(`/v1/contacts/${contact.id}/restore`)).details).toHaveProperty('erased_at');
  });

  it('should return 404 for a repeated idempotent request when its contact is erased', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const fields = { name: 'Ada', email: `ada-${randomUUID()}@example.com` };
    const { id } = getData(await client.post<ItemResponse<Contact>>('/v1/contacts', fields, key));
    await client.post(`/v1/contacts/${id}/erase`, { confirm: id });
    expect(getError(await client.post('/v1/contacts', fields, key))).toMatchObject({
      status: 422,
      code: 'UNPROCESSABLE',
    });
  });

  it('should not erase, export or restore a contact of another workspace', async () => {
    const other = await registerWorkspace();
    const foreign = await createContact(other.client);
    for (const [action, body] of [
      ['erase', { confirm: foreign.id }],
      ['export', undefined],
      ['restore', undefined],
    ] as const) {
      expect((await client.post(`/v1/contacts/${foreign.id}/${action}`, body)).status).toBe(404);
    }
    expect(getData(await other.client.get<ItemResponse<Contact>>(`/v1/contacts/${foreign.id}`)).email).toBe(
      foreign.email,
    );
  });
});

describe('POST /v1/contacts/{id}/restore', () => {
  it('should restore a deleted contact without addresses that another contact uses', async () => {
    const shared = `ada-${randomUUID()}@example.com`;
    const contact = await createContact(client, {
      name: 'Ada',
      email: shared,
      phone: '+14155550123',
      custom_fields: { plan: 'pro' },
    });
    await client.delete(`/v1/contacts/${contact.id}`);
    const next = await createContact(client, { email: shared });
    expect(getData(await client.post<ItemResponse<Contact>>(`/v1/contacts/${contact.id}/restore`))).toMatchObject({
      id: contact.id,
      name: 'Ada',
      email: null,
      phone: '+14155550123',
      custom_fields: { plan: 'pro' },
    });
    expect(
      (await client.get<ListResponse<Contact>>('/v1/contacts', { phone: '+14155550123' })).body.data.map(
        ({ id }) => id,
      ),
    ).toEqual([contact.id]);
    expect(getData(await client.get<ItemResponse<Contact>>(`/v1/contacts/${next.id}`)).email).toBe(shared);
    expect((await client.post(`/v1/contacts/${contact.id}/restore`)).status).toBe(200);
    expect((await listEvents(client)).filter(({ type }) => type === 'contact.restored')).toHaveLength(1);
  });
});

describe('POST /v1/contacts/{id}/export', () => {
  it('should write the contact, the contacts merged into it and all their data', async () => {
    const contact = await createContact(client, { name: 'Ada' });
    const merged = await createContact(client, { name: 'A. Lovelace' });
    const conversation = await createConversation(client, {
      contact_id: merged.id,
      message: { body: 'Where is my engine?' },
    });
    await client.post(`/v1/contacts/${contact.id}/merge`, { contact_ids: [merged.id] });
    await client.post(`/v1/contacts/${contact.id}/notes`, { body: 'Likes tea' });
    const done = await waitForExport(
      getData(await client.post<ItemResponse<Export>>(`/v1/contacts/${contact.id}/export`)).id,
    );
    expect(done).toMatchObject({ status: 'completed', kind: 'person', contact_id: contact.id, format: 'json' });
    const all = JSON.parse(await content(done.url!)) as {
      contact: Contact;
      merged_contacts: Contact[];
      records: { kind: string; [field: string]: unknown }[];
    };
    expect(all.contact).toMatchObject({ id: contact.id, name: 'Ada', email: contact.email });
    expect(all.merged_contacts).toMatchObject([{ id: merged.id, name: 'A. Lovelace' }]);
    expect(all.records).toHaveLength(done.written);
    expect(all.records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'contact_note', body: 'Likes tea' }),
        expect.objectContaining({ kind: 'conversation', id: conversation.id }),
        expect.objectContaining({ kind: 'message', body: 'Where is my engine?' }),
        expect.objectContaining({ kind: 'event', type: 'contact.merged' }),
        expect.objectContaining({ kind: 'event', type: 'conversation.created' }),
      ]),
    );
    const requested = (await listEvents(client)).filter(({ type }) => type === 'security.export_requested');
    expect(requested).toMatchObject([
      { subject_id: workspace.userId, data: { export_id: done.id, kind: 'person', contact_id: contact.id } },
    ]);
  });
});

describe('POST /v1/contacts/exports', () => {
  const exported = async (body: object): Promise<Export> =>
    waitForExport(getData(await client.post<ItemResponse<Export>>('/v1/contacts/exports', body)).id);

  it('should write the matching contacts as CSV with escaped formulas', async () => {
    await createContact(client, {
      name: '=cmd()',
      email: 'a@example.com',
      tags: ['vip', 'new'],
      custom_fields: { plan: 'pro' },
    });
    await createContact(client, {
      name: 'Quote "me", please',
      email: 'b@example.com',
      custom_fields: { plan: 'pro', seats: 3 },
    });
    await createContact(client, { name: 'Else', custom_fields: { plan: 'free' } });
    const done = await exported({
      format: 'csv',
      filter: { field: 'custom_fields.plan', operator: 'equals', value: 'pro' },
      fields: ['email', 'name', 'tags', 'custom_fields.seats'],
    });
    expect(done).toMatchObject({ status: 'completed', total: 2, written: 2 });
    expect(await content(done.url!)).toBe(
      'email,name,tags,custom_fields.seats\na@example.com,\'=cmd(),"vip, new",\nb@example.com,"Quote ""me"", please",,3\n',
    );
  });

  it('should write all contacts as JSON lines over several pages', async () => {
    const csv = `email\n${Array.from({ length: 1_234 }, (_, n) => `person${n}@example.com`).join('\n')}\n`;
    const { id } = await importContacts(client, csv);
    await eventually(async () =>
      expect(getData(await client.get<ItemResponse<ContactImport>>(`/v1/contacts/imports/${id}`)).status).toBe(
        'completed',
      ),
    );
    const done = await exported({ format: 'jsonl' });
    const lines = (await content(done.url!))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Contact);
    expect(done).toMatchObject({ total: 1_234, written: 1_234 });
    expect(new Set(lines.map(({ email }) => email)).size).toBe(1_234);
    expect(lines[0]).toMatchObject({ id: expect.any(String) as string, custom_fields: {}, tags: [] });
  });

  it('should be rejected with unknown fields, an invalid filter or a missing scope', async () => {
    expect(
      getError(await client.post('/v1/contacts/exports', { format: 'csv', fields: ['email', 'shoe_size'] })).details,
    ).toHaveProperty('fields');
    expect(
      getError(
        await client.post('/v1/contacts/exports', {
          format: 'csv',
          filter: { field: 'shoe_size', operator: 'equals', value: 1 },
        }),
      ).status,
    ).toBe(400);
    const { client: narrow } = await createApiKey(workspace, ['conversations:read']);
    expect((await narrow.post('/v1/contacts/exports', { format: 'csv' })).status).toBe(403);
  });

  it('should delete the file after one day', async () => {
    const done = await exported({ format: 'csv' });
    await runSql(`update identity.exports set expires_at = now() - interval '1 minute' where id = $1`, [done.id]);
    expect((await fetch(new URL(done.url!, serverUrl()))).status).toBe(404);
    expect(
      (await fetch(new URL(`/v1/contacts/exports/${done.id}/file?expires=1795244400&signature=x`, serverUrl()))).status,
    ).toBe(403);
  });

  it('should not be visible in another workspace', async () => {
    const done = await exported({ format: 'csv' });
    const other = await registerWorkspace();
    expect((await other.client.get(`/v1/contacts/exports/${done.id}`)).status).toBe(404);
    expect((await other.client.get<ListResponse<Export>>('/v1/contacts/exports')).body.data).toEqual([]);
  });
});
