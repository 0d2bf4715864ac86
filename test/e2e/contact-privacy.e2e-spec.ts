import { randomInt, randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeAutomation } from '../factories/automation.js';
import { makeContact } from '../factories/contact.js';
import { importContacts, type ContactImport } from '../factories/contact-import.js';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { makeInbox } from '../factories/inbox.js';
import { makeNote } from '../factories/note.js';
import { makeWebhook } from '../factories/webhook.js';
import { apiKey, dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import { inDatabase, runSql } from '../support/database.js';
import { serverUrl } from '../support/document.js';
import { eventsOf } from '../support/event-log.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import type { Contact, Conversation, Many, Message, One } from '../support/wire.js';

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
  workspace = await register();
  client = workspace.client;
});

function ended(id: string): Promise<Export> {
  return eventually(async () => {
    const one = dataOf(await client.get<One<Export>>(`/v1/contacts/exports/${id}`));
    return ['completed', 'failed', 'expired'].includes(one.status) ? one : null;
  });
}

async function content(url: string): Promise<string> {
  const response = await fetch(new URL(url, serverUrl()));
  expect(response.status).toBe(200);
  return response.text();
}

/** Every table that has any of these texts anywhere in a row. */
function tablesWith(texts: readonly string[]): Promise<string[]> {
  return inDatabase(async (database) => {
    const { rows } = await database.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const hit = await database.query<{ row: string }>(
        `select t::text as row from ${name} t where t::text ilike any($1) limit 1`,
        [texts.map((text) => `%${text}%`)],
      );
      if (hit.rows[0]) found.push(`${name}: ${hit.rows[0].row.slice(0, 2000)}`);
    }
    return found;
  });
}

describe('erasing a contact', () => {
  it('should leave nothing of who they were and what was said in the whole database', async () => {
    const mark = `q${randomUUID().replaceAll('-', '')}`;
    const [mail, phone] = [`${mark}@example.com`, `+1415555${randomInt(1000, 9999)}`];
    const receiver = await WebhookReceiver.listen();
    await makeWebhook(client, receiver.url);
    await makeAutomation(client, { filter: { field: 'message.body', operator: 'contains', value: 'where' } });
    const merged = await makeContact(client, { name: `Old ${mark}`, email: `old-${mail}`, identifier: `id-${mark}` });
    const contact = dataOf(
      await client.post<One<Contact>>(
        '/v1/contacts',
        { name: `Ada ${mark}`, email: mail, phone, custom_fields: { plan: mark }, company: mark, tags: [mark] },
        { 'idempotency-key': randomUUID() },
      ),
    );
    const bystander = await makeContact(client, { name: 'Grace' });
    await client.patch(`/v1/contacts/${contact.id}`, {
      name: `Ada Lovelace ${mark}`,
      custom_fields: { plan: `${mark}2` },
    });
    dataOf(await client.post<One<{ id: string }>>(`/v1/contacts/${contact.id}/merge`, { contact_ids: [merged.id] }));
    const { id: undone } = dataOf(
      await client.post<One<{ id: string }>>(`/v1/contacts/${bystander.id}/merge`, { contact_ids: [contact.id] }),
    );
    dataOf(await client.post<One<unknown>>(`/v1/contacts/merges/${undone}/undo`));
    await client.post(`/v1/contacts/${contact.id}/notes`, { body: `Likes ${mark}` });
    await client.post(`/v1/contacts/${contact.id}/identities`, {
      inbox_id: (await makeInbox(client)).id,
      source_id: mark,
    });
    await client.post('/v1/contacts/bulk', {
      filter: { field: 'email', operator: 'equals', value: mail },
      update: { status: 'inactive' },
    });
    const { id: importId } = await importContacts(client, `email,phone\n${mail},not a number ${mark}\n`);
    const file = await makeFile(client, `words ${mark}`, `${mark}.txt`);
    const conversation = await makeConversation(client, {
      contact_id: contact.id,
      subject: `About ${mark}`,
      custom_fields: { order: mark },
      message: { body: `Where is ${mark}?` },
    });
    const said = await makeMessage(client, conversation.id, {
      type: 'comment',
      body: `Again where ${mark}`,
      attachment_ids: [file.id],
    });
    await client.patch(`/v1/messages/${said.id}`, { body: `No: ${mark}` });
    await makeMessage(client, conversation.id, { body: `Dear ${mark}` });
    await makeNote(client, conversation.id, { body: `Strange: ${mark}` });
    await client.patch(`/v1/conversations/${conversation.id}`, { subject: `Still ${mark}` });
    await client.post(`/v1/conversations/${conversation.id}/scheduled-messages`, {
      body: `Later ${mark}`,
      scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await client.post('/v1/blocked-visitors', { contact_id: contact.id, reason: mark });
    await eventually(async () =>
      expect(dataOf(await client.get<One<ContactImport>>(`/v1/contacts/imports/${importId}`)).status).toBe('completed'),
    );
    const kept = await ended(dataOf(await client.post<One<Export>>(`/v1/contacts/${contact.id}/export`)).id);
    await eventually(() =>
      expect(receiver.received.filter(({ body }) => body.includes(`Still ${mark}`)).length).toBeGreaterThan(0),
    );
    const wasThere = await tablesWith([mark, phone]);
    expect(wasThere.length).toBeGreaterThan(12);

    expect((await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: mail })).status).toBe(204);

    // What is still on its way to webhooks comes from what is left.
    await eventually(() => expect(receiver.ofType('contact.erased')).toHaveLength(1));
    expect(await tablesWith([mark, phone])).toEqual([]);
    for (const url of [kept.url!, file.url])
      await eventually(async () => expect((await fetch(new URL(url, serverUrl()))).status).toBe(404));
    const refusal = refusalOf(await client.get(`/v1/contacts/${contact.id}`));
    expect(refusal).toMatchObject({ status: 404, details: { erased_at: expect.any(String) as string } });
    const shell = dataOf(await client.get<One<Conversation>>(`/v1/conversations/${conversation.id}`));
    expect(shell).toMatchObject({ subject: null, contact: { id: contact.id, name: null, email: null } });
    expect(
      (await client.get<Many<Message>>(`/v1/conversations/${conversation.id}/messages`)).body.data.every(
        ({ body }) => body === '',
      ),
    ).toBe(true);
    expect(dataOf(await client.get<One<Contact>>(`/v1/contacts/${bystander.id}`)).name).toBe('Grace');
    const told = (await eventsOf(client)).filter(({ type }) => type === 'contact.erased');
    expect(told).toMatchObject([{ subject_id: contact.id, data: { contact_ids: [merged.id] } }]);
    for (const listed of ['/v1/audit', '/v1/automations']) expect((await client.get(listed)).status).toBeLessThan(500);
    await receiver.close();
  });

  it('should close their conversations, so that nobody waits and nothing is unread', async () => {
    const contact = await makeContact(client);
    const begun = { contact_id: contact.id, message: { body: 'Where is it?' } };
    const [open, snoozed, resolved, bystanders] = [
      await makeConversation(client, begun),
      await makeConversation(client, begun),
      await makeConversation(client, begun),
      await makeConversation(client, { message: { body: 'Hello' } }),
    ];
    await client.post(`/v1/conversations/${snoozed.id}/snooze`, {
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await client.post(`/v1/conversations/${resolved.id}/resolve`);
    expect((await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: contact.id })).status).toBe(204);
    for (const { id } of [open, snoozed, resolved]) {
      expect(dataOf(await client.get<One<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
        status: 'closed',
        waiting_since: null,
        unread_count: 0,
        snoozed_until: null,
        closed_at: expect.any(String) as string,
      });
    }
    const unread = (await client.get<Many<Conversation>>('/v1/conversations', { unread: 'true' })).body.data.map(
      ({ id }) => id,
    );
    expect(unread).toContain(bystanders.id);
    expect(unread.filter((id) => [open.id, snoozed.id, resolved.id].includes(id))).toEqual([]);
    const told = (await eventsOf(client)).filter(
      ({ subject_id, data }) => subject_id === open.id && 'status' in ((data.changed ?? {}) as object),
    );
    expect(told).toMatchObject([
      { type: 'conversation.closed', data: { contact_id: contact.id, changed: { status: ['open', 'closed'] } } },
    ]);
  });

  it('should ask for the id or an e-mail of theirs, and happen once', async () => {
    const contact = await makeContact(client);
    const other = await makeContact(client);
    expect(refusalOf(await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: other.email }))).toMatchObject({
      status: 400,
      details: { confirm: [expect.any(String)] },
    });
    const both = await Promise.all(
      [1, 2].map(() => client.post(`/v1/customer-profiles/${contact.id}/erase`, { confirm: contact.id.toUpperCase() })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(dataOf(await client.get<One<Contact>>(`/v1/contacts/${other.id}`)).email).toBe(other.email);
  });

  it('should erase who was deleted, and not bring back who was erased', async () => {
    const contact = await makeContact(client);
    await client.delete(`/v1/contacts/${contact.id}`);
    expect((await client.post(`/v1/contacts/${contact.id}/erase`, { confirm: contact.email })).status).toBe(204);
    expect(refusalOf(await client.post(`/v1/contacts/${contact.id}/restore`)).details).toHaveProperty('erased_at');
  });

  it('should tell a repeated call that what it made is gone', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const fields = { name: 'Ada', email: `ada-${randomUUID()}@example.com` };
    const { id } = dataOf(await client.post<One<Contact>>('/v1/contacts', fields, key));
    await client.post(`/v1/contacts/${id}/erase`, { confirm: id });
    expect(refusalOf(await client.post('/v1/contacts', fields, key))).toMatchObject({
      status: 422,
      code: 'UNPROCESSABLE',
    });
  });

  it('should not erase, export or restore a contact of another workspace', async () => {
    const other = await register();
    const theirs = await makeContact(other.client);
    for (const [action, body] of [
      ['erase', { confirm: theirs.id }],
      ['export', undefined],
      ['restore', undefined],
    ] as const) {
      expect((await client.post(`/v1/contacts/${theirs.id}/${action}`, body)).status).toBe(404);
    }
    expect(dataOf(await other.client.get<One<Contact>>(`/v1/contacts/${theirs.id}`)).email).toBe(theirs.email);
  });
});

describe('restoring a contact', () => {
  it("should bring back who was deleted, without what is another's by now", async () => {
    const shared = `ada-${randomUUID()}@example.com`;
    const contact = await makeContact(client, {
      name: 'Ada',
      email: shared,
      phone: '+14155550123',
      custom_fields: { plan: 'pro' },
    });
    await client.delete(`/v1/contacts/${contact.id}`);
    const next = await makeContact(client, { email: shared });
    expect(dataOf(await client.post<One<Contact>>(`/v1/contacts/${contact.id}/restore`))).toMatchObject({
      id: contact.id,
      name: 'Ada',
      email: null,
      phone: '+14155550123',
      custom_fields: { plan: 'pro' },
    });
    expect(
      (await client.get<Many<Contact>>('/v1/contacts', { phone: '+14155550123' })).body.data.map(({ id }) => id),
    ).toEqual([contact.id]);
    expect(dataOf(await client.get<One<Contact>>(`/v1/contacts/${next.id}`)).email).toBe(shared);
    expect((await client.post(`/v1/contacts/${contact.id}/restore`)).status).toBe(200);
    expect((await eventsOf(client)).filter(({ type }) => type === 'contact.restored')).toHaveLength(1);
  });
});

describe('exporting all about a contact', () => {
  it('should write the contact, who was merged into them, and all that is kept of both', async () => {
    const contact = await makeContact(client, { name: 'Ada' });
    const merged = await makeContact(client, { name: 'A. Lovelace' });
    const conversation = await makeConversation(client, {
      contact_id: merged.id,
      message: { body: 'Where is my engine?' },
    });
    await client.post(`/v1/contacts/${contact.id}/merge`, { contact_ids: [merged.id] });
    await client.post(`/v1/contacts/${contact.id}/notes`, { body: 'Likes tea' });
    const done = await ended(dataOf(await client.post<One<Export>>(`/v1/contacts/${contact.id}/export`)).id);
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
    const asked = (await eventsOf(client)).filter(({ type }) => type === 'security.export_requested');
    expect(asked).toMatchObject([
      { subject_id: workspace.userId, data: { export_id: done.id, kind: 'person', contact_id: contact.id } },
    ]);
  });
});

describe('exporting contacts', () => {
  const exported = async (body: object): Promise<Export> =>
    ended(dataOf(await client.post<One<Export>>('/v1/contacts/exports', body)).id);

  it('should write those that pass the filter as a table, with formulas as text', async () => {
    await makeContact(client, {
      name: '=cmd()',
      email: 'a@example.com',
      tags: ['vip', 'new'],
      custom_fields: { plan: 'pro' },
    });
    await makeContact(client, {
      name: 'Quote "me", please',
      email: 'b@example.com',
      custom_fields: { plan: 'pro', seats: 3 },
    });
    await makeContact(client, { name: 'Else', custom_fields: { plan: 'free' } });
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

  it('should write everybody as JSON, over more than one page', async () => {
    const csv = `email\n${Array.from({ length: 1_234 }, (_, n) => `person${n}@example.com`).join('\n')}\n`;
    const { id } = await importContacts(client, csv);
    await eventually(async () =>
      expect(dataOf(await client.get<One<ContactImport>>(`/v1/contacts/imports/${id}`)).status).toBe('completed'),
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

  it('should refuse fields and filters that are none, and scopes that do not read contacts', async () => {
    expect(
      refusalOf(await client.post('/v1/contacts/exports', { format: 'csv', fields: ['email', 'shoe_size'] })).details,
    ).toHaveProperty('fields');
    expect(
      refusalOf(
        await client.post('/v1/contacts/exports', {
          format: 'csv',
          filter: { field: 'shoe_size', operator: 'equals', value: 1 },
        }),
      ).status,
    ).toBe(400);
    const { client: narrow } = await apiKey(workspace, ['conversations:read']);
    expect((await narrow.post('/v1/contacts/exports', { format: 'csv' })).status).toBe(403);
  });

  it('should take the file away when its day is over', async () => {
    const done = await exported({ format: 'csv' });
    await runSql(`update identity.exports set expires_at = now() - interval '1 minute' where id = $1`, [done.id]);
    expect((await fetch(new URL(done.url!, serverUrl()))).status).toBe(404);
    expect(
      (await fetch(new URL(`/v1/contacts/exports/${done.id}/file?expires=1795244400&signature=x`, serverUrl()))).status,
    ).toBe(403);
  });

  it('should not show an export of another workspace', async () => {
    const done = await exported({ format: 'csv' });
    const other = await register();
    expect((await other.client.get(`/v1/contacts/exports/${done.id}`)).status).toBe(404);
    expect((await other.client.get<Many<Export>>('/v1/contacts/exports')).body.data).toEqual([]);
  });
});
