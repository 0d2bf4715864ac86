import { eventually } from '@parley/kernel/testing';
import { createAutomation } from '../factories/automation.js';
import { createContact } from '../factories/contact.js';
import { importContacts } from '../factories/contact-import.js';
import { createConversation } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Client } from '../support/client.js';
import type { Contact, Conversation, ItemResponse, ListResponse, SavedView } from '../support/wire.js';

interface Tag {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

let client: Client;

beforeEach(async () => {
  ({ client } = await registerWorkspace());
});

async function listTags(): Promise<readonly Tag[]> {
  return (await client.get<ListResponse<Tag>>('/v1/tags')).body.data;
}

async function tagsOf(id: string): Promise<readonly string[]> {
  return getData(await client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).tags;
}

function patchTags(id: string, tags: readonly string[]): Promise<unknown> {
  return client.patch(`/v1/conversations/${id}`, { tags });
}

async function idsOf(path: string, query: Record<string, string> = {}): Promise<string[]> {
  return (await client.get<ListResponse<{ id: string }>>(path, query)).body.data.map(({ id }) => id);
}

async function updateInBulk(id: string, update: object): Promise<void> {
  expect((await client.post('/v1/conversations/bulk', { ids: [id], update })).status).toBe(200);
}

const TAG_FILTER = { field: 'tags', operator: 'contains', value: 'ÄRGER' };

describe('a tag', () => {
  it('should keep its first spelling wherever it comes in', async () => {
    const { id, tags } = await createConversation(client, { tags: [' Ärger ', 'VIP'] });
    expect(tags).toEqual(['Ärger', 'VIP']);
    expect((await createConversation(client, { tags: ['vip', 'ÄRGER', 'Vip'] })).tags).toEqual(['VIP', 'Ärger']);
    expect((await createContact(client, { tags: ['vip ', 'new'] })).tags).toEqual(['VIP', 'new']);
    const company = getData(
      await client.post<ItemResponse<{ tags: string[] }>>('/v1/companies', { name: 'Acme', tags: ['vip', 'NEW'] }),
    );
    expect(company.tags).toEqual(['VIP', 'new']);
    await updateInBulk(id, { add_tags: ['New', 'vip'], remove_tags: ['ärgeR'] });
    expect(await tagsOf(id)).toEqual(['VIP', 'new']);
    await patchTags(id, ['NEW ', 'vip']);
    expect(await tagsOf(id)).toEqual(['VIP', 'new']);
    await importContacts(client, 'email,tags\nada@example.com,"vip, IMPORTED"\n', { tags: 'Imported' });
    await eventually(async () => {
      const [ada] = (await client.get<ListResponse<Contact>>('/v1/contacts', { email: 'ada@example.com' })).body.data;
      expect(ada!.tags).toEqual(['VIP', 'IMPORTED']);
    });
  });

  it('should be counted once and created in its first spelling', async () => {
    await createConversation(client, { tags: ['VIP'] });
    await createConversation(client, { tags: ['vip'] });
    await eventually(async () => expect(await listTags()).toMatchObject([{ name: 'VIP', count: 2 }]));
    expect(getError(await client.post('/v1/tags', { name: ' vIp ' })).status).toBe(409);
  });

  it('should get a new spelling after it was deleted', async () => {
    const tag = getData(await client.post<ItemResponse<Tag>>('/v1/tags', { name: 'vip' }));
    await client.delete(`/v1/tags/${tag.id}`);
    expect(getData(await client.post<ItemResponse<Tag>>('/v1/tags', { name: 'VIP' })).name).toBe('VIP');
  });

  it('should keep its spelling for contacts when it is deleted', async () => {
    await createContact(client, { tags: ['Vip'] });
    const tag = getData(await client.post<ItemResponse<Tag>>('/v1/tags', { name: 'VIP' }));
    expect(tag.name).toBe('Vip');
    await client.delete(`/v1/tags/${tag.id}`);
    expect((await createConversation(client, { tags: ['VIP'] })).tags).toEqual(['Vip']);
  });

  it('should be found in any spelling', async () => {
    const { id } = await createConversation(client, { tags: ['Ärger'] });
    await createConversation(client, { tags: ['other'] });
    const { id: contactId } = await createContact(client, { tags: ['Ärger'] });
    expect(await idsOf('/v1/conversations', { tag: 'ärger' })).toEqual([id]);
    expect(await idsOf('/v1/contacts', { tag: 'ärger' })).toEqual([contactId]);
    const filtered = await client.post<ListResponse<Conversation>>('/v1/conversations/filter', { filter: TAG_FILTER });
    expect(filtered.body.data.map((item) => item.id)).toEqual([id]);
    const view = getData(
      await client.post<ItemResponse<SavedView>>('/v1/saved-views', { name: 'Angry', filter: TAG_FILTER }),
    );
    expect(await idsOf(`/v1/saved-views/${view.id}/conversations`)).toEqual([id]);
    await client.post('/v1/conversations/bulk', { filter: TAG_FILTER, update: { priority: 'urgent' } });
    expect(getData(await client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).priority).toBe('urgent');
    const segment = getData(
      await client.post<ItemResponse<{ id: string }>>('/v1/segments', {
        name: 'Angry',
        filter: { field: 'tags', operator: 'in', value: ['ÄRGER', 'x'] },
      }),
    );
    expect(await idsOf(`/v1/segments/${segment.id}/contacts`)).toEqual([contactId]);
  });

  it('should match the conditions of rules in any spelling, and be set by them in its own', async () => {
    await createConversation(client, { tags: ['Ärger'] });
    await createAutomation(client, {
      events: ['conversation.created'],
      filter: TAG_FILTER,
      actions: [{ type: 'add_tags', tags: [' Angry '] }],
    });
    await createAutomation(client, {
      events: ['conversation.tagged'],
      filter: { field: 'tags', operator: 'contains', value: 'angry' },
      actions: [{ type: 'remove_tags', tags: ['äRGER'] }],
    });
    const { id } = await createConversation(client, { tags: ['ärger'] });
    await eventually(async () => expect(await tagsOf(id)).toEqual(['Angry']));
  });

  it('should not be blank', async () => {
    const { id } = await createConversation(client);
    for (const [path, body] of [
      ['/v1/tags', { name: '  ' }],
      ['/v1/contacts', { name: 'John', tags: ['\u00a0'] }],
      ['/v1/companies', { name: 'Acme', tags: [' '] }],
      ['/v1/conversations', { contact: { name: 'John' }, tags: [' '] }],
      ['/v1/conversations/bulk', { ids: [id], update: { add_tags: [' '] } }],
      [
        '/v1/automations',
        { name: 'Tag', events: ['conversation.created'], actions: [{ type: 'add_tags', tags: ['\t'] }] },
      ],
    ] as const)
      expect([path, (await client.post(path, body)).status]).toEqual([path, 400]);
    expect(getError(await client.patch(`/v1/conversations/${id}`, { tags: ['a', ' '] })).status).toBe(400);
  });
});
