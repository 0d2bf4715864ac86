import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { createMember } from '../factories/member.js';
import { createApiKey, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';

interface Hit {
  readonly id: string;
  readonly rank: number;
  readonly highlight: string;
}

interface Found {
  readonly data: {
    readonly conversations: readonly Hit[];
    readonly messages: readonly Hit[];
    readonly contacts: readonly Hit[];
  };
  readonly meta: {
    readonly total_results: number;
    readonly totals: Readonly<Record<string, number>>;
    readonly total_is_estimate: boolean;
  };
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

async function search(query: Record<string, string>, { client } = workspace): Promise<Found> {
  const { status, body } = await client.get<Found>('/v1/search', query);
  expect(status).toBe(200);
  return body;
}

describe('GET /v1/search', () => {
  it('should return the total of matches when the limit is smaller', async () => {
    const many = await registerWorkspace();
    for (let index = 0; index < 4; index += 1)
      await createConversation(many.client, {
        subject: `Quokka ${index}`,
        contact: { name: `Quentin Quokka ${index}` },
      });
    const found = async (query: Record<string, string>) => search({ q: 'quokka', ...query }, many);
    for (const limit of ['1', '2', '20']) {
      const { data, meta } = await found({ limit });
      expect([data.conversations, data.contacts].map(({ length }) => length)).toEqual(
        Array.from({ length: 2 }, () => Math.min(4, Number(limit))),
      );
      expect(meta).toEqual({
        total_results: 8,
        totals: { conversations: 4, messages: 0, contacts: 4, tickets: 0, articles: 0 },
        total_is_estimate: false,
      });
    }
    expect((await found({ status: 'resolved' })).meta.totals).toMatchObject({ conversations: 0, contacts: 4 });
  });

  it('should mark the total as an estimate when not all matches were scored', async () => {
    const many = await registerWorkspace();
    const contact = await createContact(many.client, { name: 'Wombat' });
    for (let index = 0; index < 6; index += 1)
      await createConversation(many.client, { contact_id: contact.id, subject: 'Hello' });
    expect((await search({ q: 'wombat', type: 'conversation' }, many)).meta).toMatchObject({
      total_results: 5,
      total_is_estimate: true,
    });
  });

  it('should find a match that a filter selects behind thousands of newer ones', async () => {
    const { client, id: workspaceId } = await registerWorkspace();
    const inbox = await createInbox(client);
    const shown = await createConversation(client, {
      inbox_id: inbox.id,
      message: { body: 'Commonword', type: 'comment' },
    });
    const other = await createConversation(client);
    await runSql(
      `insert into messaging.messages (id, workspace_id, conversation_id, type, author_type, body, content_type, created_at, updated_at)
       select gen_random_uuid(), $1, $2, 'comment', 'contact', 'Commonword', 'text', now(), now() from generate_series(1, 2500)`,
      [workspaceId, other.id],
    );
    for (const type of ['message', 'conversation']) {
      const { data, meta } = (await client.get<Found>('/v1/search', { q: 'commonword', type, inbox: inbox.id })).body;
      expect(data[`${type}s` as 'messages']).toHaveLength(1);
      expect(meta.total_results).toBe(1);
    }
    expect(shown.inbox?.id).toBe(inbox.id);
  });

  it('should return the conversation first, or alone, when the text is its number', async () => {
    const many = await registerWorkspace();
    const [item, secondItem] = [
      await createConversation(many.client, { subject: 'First <b>' }),
      await createConversation(many.client, { message: { body: 'See 1 for more' } }),
    ];
    expect((await search({ q: '1' }, many)).data.conversations.map(({ id }) => id)).toEqual([item.id, secondItem.id]);
    const { data } = await search({ q: '#1' }, many);
    expect(data.conversations).toMatchObject([{ id: item.id, highlight: '<mark>#1</mark> First &#60;b&#62;' }]);
    expect((await search({ q: '#3' }, many)).data.conversations).toEqual([]);
    expect((await search({ q: '#1', status: 'resolved' }, many)).data.conversations).toEqual([]);
  });

  it('should replace me with the caller, and return 400 when the caller is a service key', async () => {
    const { id } = await createConversation(workspace.client, { subject: 'Axolotl', assignee_id: 'me' });
    await createConversation(workspace.client, { subject: 'Axolotl' });
    expect((await search({ q: 'axolotl', assignee: 'me' })).data.conversations.map((hit) => hit.id)).toEqual([id]);
    expect(
      (await search({ q: 'axolotl', assignee: workspace.userId })).data.conversations.map((hit) => hit.id),
    ).toEqual([id]);
    const { client } = await createApiKey(workspace);
    for (const caller of [client, workspace.client]) {
      const assignee = caller === client ? 'me' : 'unknown';
      expect(getError(await caller.get('/v1/search', { q: 'axolotl', assignee }))).toMatchObject({
        status: 400,
        details: { assignee: [expect.any(String)] },
      });
    }
  });

  it('should find conversations by subject and messages and rank the subject higher', async () => {
    const byMessage = await createConversation(workspace.client, {
      subject: 'Other',
      message: { body: 'The zeppelin has not arrived' },
    });
    const bySubject = await createConversation(workspace.client, {
      subject: 'Zeppelin',
      message: { body: 'Where is it?' },
    });
    const { data } = await search({ q: 'zeppelin', type: 'conversation' });
    expect(data.conversations.map(({ id }) => id)).toEqual([bySubject.id, byMessage.id]);
    expect(data.conversations[1]!.highlight).toContain('<mark>zeppelin</mark>');
    expect(data.contacts).toEqual([]);
  });

  it('should match a prefix of the last word, all words, and phrases', async () => {
    const { id } = await createConversation(workspace.client, {
      message: { body: 'My purple umbrella broke yesterday' },
    });
    for (const q of ['umbre', 'purple umbr', '"purple umbrella"', 'PURPLE'])
      expect((await search({ q })).data.conversations.map((hit) => hit.id)).toEqual([id]);
    for (const q of ['purple submarine', '"umbrella purple"', 'umbrella -purple'])
      expect((await search({ q })).data.conversations).toEqual([]);
  });

  it('should find contacts when the text has a typo', async () => {
    const { id } = await createContact(workspace.client, { name: 'Grace Hopper', company: 'Navy' });
    for (const q of ['grace', 'hoper', 'NAVY'])
      expect((await search({ q, type: 'contact' })).data.contacts.map((hit) => hit.id)).toContain(id);
  });

  it('should find contacts by e-mail address and rank the exact match first', async () => {
    await createContact(workspace.client, { name: 'Rosalind', email: 'rosalind.franklin2@example.com' });
    const { id } = await createContact(workspace.client, { name: 'Rosalind', email: 'rosalind.franklin@example.com' });
    for (const q of ['rosalind.franklin@example.com', 'ROSALIND.FRANKLIN@example.com'])
      expect((await search({ q, type: 'contact' })).data.contacts[0]!.id).toBe(id);
    expect(
      (await search({ q: 'rosalind.frankiln@exmaple.com', type: 'contact' })).data.contacts.map((hit) => hit.id),
    ).toContain(id);
  });

  it('should find only contacts with the address, and their conversations first, when the text is an address', async () => {
    const { client } = await registerWorkspace();
    const old = await createConversation(client, { contact: { name: 'Ann', email: 'ann@mill.example' } });
    const similar = ['anne@mill.example', 'anna@mill.example', 'ana@mill.example'];
    for (const email of similar) await createConversation(client, { contact: { name: 'Other', email } });
    const mention = await createConversation(client, {
      message: { body: 'Ask ann@mill.example or jo.ann@mill.example' },
    });
    await runSql(`update messaging.conversations set last_activity_at = now() - interval '2 years' where id = $1`, [
      old.id,
    ]);
    const { data } = (await client.get<Found>('/v1/search', { q: 'Ann@mill.example' })).body;
    expect(data.contacts.map(({ id }) => id)).toEqual([old.contact.id]);
    expect(data.conversations.map(({ id }) => id)).toEqual([old.id, mention.id]);
    const mistyped = (await client.get<Found>('/v1/search', { q: 'annn@mill.example' })).body.data;
    expect(mistyped.contacts.map(({ id }) => id)).toContain(old.contact.id);
  });

  it('should find visible conversations behind hidden ones, by subject and contact', async () => {
    const owner = await registerWorkspace();
    const { client } = await createMember(owner);
    const contact = await createContact(owner.client, { name: 'Zebulon' });
    const visible = await createConversation(owner.client, { contact_id: contact.id, subject: 'Hiddenword' });
    const inbox = await createInbox(owner.client, { access: 'members' });
    const hidden = { contact_id: contact.id, subject: 'Hiddenword', inbox_id: inbox.id };
    const { id } = await createConversation(owner.client, hidden);
    await runSql(
      `insert into messaging.conversations overriding user value select (copy).* from (
         select jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 10 + n)) as copy
         from messaging.conversations c, generate_series(1, 2500) n where c.id = $1) copies`,
      [id],
    );
    await runSql('update messaging.conversation_numbers set last = 3000 where workspace_id = $1', [owner.id]);
    const newest = await createConversation(owner.client, { contact_id: contact.id, subject: 'Hiddenword' });
    for (const q of ['hiddenword', 'zebulon']) {
      const { data, meta } = (await client.get<Found>('/v1/search', { q, type: 'conversation' })).body;
      expect([q, data.conversations.map((hit) => hit.id)]).toEqual([q, [newest.id, visible.id]]);
      expect(meta.total_results).toBe(2);
    }
  });

  it('should find conversations by the name or address of their contact when the text has a typo', async () => {
    const { id } = await createConversation(workspace.client, {
      subject: 'Hello',
      contact: { name: 'Katherine Johnson', email: 'k.johnson@nasa.example' },
    });
    for (const q of ['katherine johnson', 'Kathrine Johnson', 'k.johnson@nasa.example', 'kjohnson katherine'])
      expect((await search({ q, type: 'conversation' })).data.conversations.map((hit) => hit.id)).toContain(id);
    const [hit] = (await search({ q: 'Johnson', type: 'conversation' })).data.conversations;
    expect(hit!.highlight).toContain('<mark>Johnson</mark>');
  });

  it('should match short words only at the start of words in names', async () => {
    const { id } = await createContact(workspace.client, { name: 'Wu Xqu' });
    const { id: other } = await createContact(workspace.client, { name: 'Szwuna' });
    const found = (await search({ q: 'wu', type: 'contact' })).data.contacts.map((hit) => hit.id);
    expect(found).toContain(id);
    expect(found).not.toContain(other);
    expect((await search({ q: 'wu x', type: 'contact' })).data.contacts.map((hit) => hit.id)).toContain(id);
    for (const q of ['%', '_', '?!', '🙂']) expect((await search({ q, type: 'contact' })).data.contacts).toEqual([]);
  });

  it('should find messages and notes when the type is message', async () => {
    const { id } = await createConversation(workspace.client, { subject: 'Trip' });
    const byMessage = await createMessage(workspace.client, id, { body: 'The bathyscaphe is ready' });
    const byNote = await createMessage(workspace.client, id, { type: 'note', body: 'No bathyscaphe before Friday' });
    const { data } = await search({ q: 'bathyscaphe', type: 'message' });
    expect(data.messages.map((hit) => hit.id).sort()).toEqual([byMessage.id, byNote.id].sort());
    expect(data.messages[0]).toMatchObject({ conversation: { id, subject: 'Trip' } });
    expect(data.messages[0]!.highlight).toContain('<mark>bathyscaphe</mark>');
    expect(data.conversations).toEqual([]);
    expect((await search({ q: 'bathyscaphe' })).data.messages).toEqual([]);
  });

  it('should find a word that most messages contain, and longer words with the same prefix', async () => {
    const many = await registerWorkspace();
    const { id } = await createConversation(many.client, { subject: 'Fruit' });
    const rare = await createConversation(many.client, {
      subject: 'More fruit',
      message: { body: 'A mangosteen and a mango' },
    });
    for (let index = 0; index < 45; index += 1)
      await createMessage(many.client, id, { body: `A mango and a half, and another ${index}` });
    for (const q of ['mango', 'mang', '"a mango"', 'fruit'])
      expect((await search({ q, type: 'conversation' }, many)).data.conversations.map((hit) => hit.id).sort()).toEqual(
        [id, rare.id].sort(),
      );
    expect((await search({ q: 'mangos', type: 'conversation' }, many)).data.conversations.map((hit) => hit.id)).toEqual(
      [rare.id],
    );
    expect((await search({ q: 'half mangos', type: 'conversation' }, many)).data.conversations).toEqual([]);
  });

  it('should return only results that match the filters', async () => {
    const { id, contact } = await createConversation(workspace.client, {
      subject: 'Okapi',
      message: { body: 'The okapi is open' },
    });
    const closed = await createConversation(workspace.client, {
      subject: 'Okapi',
      message: { body: 'The okapi is closed' },
    });
    await workspace.client.patch(`/v1/conversations/${closed.id}`, { status: 'closed' });
    await workspace.client.patch(`/v1/conversations/${id}`, { assignee_id: workspace.userId });
    const ids = async (filter: Record<string, string>): Promise<string[]> =>
      (await search({ q: 'okapi', type: 'conversation', ...filter })).data.conversations.map((hit) => hit.id);
    expect((await ids({})).sort()).toEqual([id, closed.id].sort());
    expect(await ids({ status: 'open,pending' })).toEqual([id]);
    expect(await ids({ assignee: workspace.userId })).toEqual([id]);
    expect(await ids({ contact: contact.id })).toEqual([id]);
    expect(await ids({ inbox: workspace.userId })).toEqual([]);
    expect(await ids({ created_before: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await ids({ created_after: '2020-01-01T00:00:00Z' })).toHaveLength(2);
    expect((await search({ q: 'okapi', type: 'message', status: 'closed' })).data.messages).toHaveLength(1);
    expect((await search({ q: 'okapi', type: 'message', contact: contact.id })).data.messages).toHaveLength(1);
    expect(getError(await workspace.client.get('/v1/search', { q: 'okapi', status: 'opened' })).details).toHaveProperty(
      'status',
    );
  });

  it('should return nothing when all words are excluded, and support all forms of exclusion', async () => {
    const { id } = await createConversation(workspace.client, {
      subject: 'Capybara',
      message: { body: 'A capybara in the bath' },
    });
    for (const q of ['-purple', '-"purple umbrella"', '"', '-', 'or', `'`, '\\'])
      expect((await search({ q, type: 'conversation' })).data.conversations).toEqual([]);
    for (const q of [
      'capybara -purple',
      'capybara -"purple umbrella"',
      'capybara or "purple submarine"',
      'purplesub or capyb',
      `capybara's or capybara`,
      'capy:*',
    ]) {
      expect((await search({ q, type: 'conversation' })).data.conversations.map((hit) => hit.id)).toEqual([id]);
    }
    expect((await search({ q: 'capybara -bath', type: 'message' })).data.messages).toEqual([]);
  });

  it('should escape HTML in highlights', async () => {
    await createConversation(workspace.client, { message: { body: '<img src=x onerror=alert(1)> kumquat' } });
    const [hit] = (await search({ q: 'kumquat' })).data.conversations;
    expect(hit!.highlight).toContain('<mark>kumquat</mark>');
    expect(hit!.highlight.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
  });

  it('should not find deleted messages', async () => {
    const { id } = await createConversation(workspace.client);
    const byMessage = await createMessage(workspace.client, id, { body: 'The password is xylophone' });
    expect((await search({ q: 'xylophone' })).meta.total_results).toBe(1);
    await workspace.client.delete(`/v1/messages/${byMessage.id}`);
    expect((await search({ q: 'xylophone' })).meta.total_results).toBe(0);
  });

  it('should return at most limit results and 400 when a parameter is not valid', async () => {
    for (let index = 0; index < 3; index += 1) await createConversation(workspace.client, { subject: 'Quokka' });
    expect((await search({ q: 'quokka', limit: '2' })).data.conversations).toHaveLength(2);
    expect(getError(await workspace.client.get('/v1/search', { q: 'quokka', limit: '101' })).status).toBe(400);
    for (const type of ['planet', 'invoice', 'conversation,invoice'])
      expect(getError(await workspace.client.get('/v1/search', { q: 'quokka', type })).status).toBe(400);
    expect(getError(await workspace.client.get('/v1/search', {})).status).toBe(400);
  });

  it('should return nothing of another workspace', async () => {
    await createConversation(workspace.client, { subject: 'Narwhal', contact: { name: 'Narwhal' } });
    const other = await registerWorkspace();
    expect((await search({ q: 'narwhal' })).meta.total_results).toBe(2);
    expect((await search({ q: 'narwhal' }, other)).meta.total_results).toBe(0);
  });

  it('should return 403 when the scope is missing', async () => {
    const { client } = await createApiKey(workspace, ['conversations:read']);
    expect(getError(await client.get('/v1/search', { q: 'x' })).status).toBe(403);
  });
});
