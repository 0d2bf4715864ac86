import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createApiKey, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { LoggedEvent, ListResponse, ItemResponse } from '../support/wire.js';

interface Note {
  readonly id: string;
  readonly body: string;
  readonly author: { readonly type: string; readonly id: string | null; readonly name: string | null };
}

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function write(contactId: string, body: string): Promise<Note> {
  return getData(await workspace.client.post<ItemResponse<Note>>(`/v1/contacts/${contactId}/notes`, { body }));
}

async function timeline(id: string, query: Record<string, string | number> = {}): Promise<ListResponse<LoggedEvent>> {
  return (await workspace.client.get<ListResponse<LoggedEvent>>(`/v1/contacts/${id}/timeline`, query)).body;
}

describe('contact notes', () => {
  it('should be created, updated, listed and deleted, with events', async () => {
    const { id } = await createContact(workspace.client);
    const first = await write(id, 'Likes tea');
    const { client, id: keyId } = await createApiKey(workspace);
    const second = getData(await client.post<ItemResponse<Note>>(`/v1/contacts/${id}/notes`, { body: 'Imported' }));
    expect([first.author, second.author]).toEqual([
      { type: 'user', id: workspace.userId, name: 'Sarah Chen' },
      { type: 'api_key', id: keyId, name: null },
    ]);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Note>>(`/v1/contacts/${id}/notes/${first.id}`, {
          body: 'Likes coffee',
        }),
      ).body,
    ).toBe('Likes coffee');
    expect((await workspace.client.delete(`/v1/contacts/${id}/notes/${second.id}`)).status).toBe(204);
    expect(
      (await workspace.client.get<ListResponse<Note>>(`/v1/contacts/${id}/notes`)).body.data.map(({ body }) => body),
    ).toEqual(['Likes coffee']);
    const emitted = (await timeline(id)).data.map(({ type, data }) => [type, data.note_id]);
    expect(emitted).toEqual([
      ['contact.note_removed', second.id],
      ['contact.note_changed', first.id],
      ['contact.note_added', second.id],
      ['contact.note_added', first.id],
      ['contact.created', undefined],
    ]);
  });

  it('should not be found under another contact or in another workspace', async () => {
    const [item, secondItem] = [await createContact(workspace.client), await createContact(workspace.client)];
    const note = await write(item.id, 'Likes tea');
    expect(
      getError(await workspace.client.patch(`/v1/contacts/${secondItem.id}/notes/${note.id}`, { body: 'x' })).status,
    ).toBe(404);
    expect(getError(await other.client.get(`/v1/contacts/${item.id}/notes`)).status).toBe(404);
  });
});

describe('GET /v1/contacts/{id}/timeline', () => {
  it('should list events of the contact and its conversations and messages, newest first', async () => {
    const { id } = await createContact(workspace.client);
    const conversation = await createConversation(workspace.client, { contact_id: id });
    const reply = await createMessage(workspace.client, conversation.id);
    await workspace.client.patch(`/v1/messages/${reply.id}`, { body: 'Better' });
    await workspace.client.post(`/v1/conversations/${conversation.id}/resolve`);
    await createConversation(workspace.client);
    const types = [
      'conversation.resolved',
      'message.updated',
      'conversation.participant_added',
      'message.created',
      'message.created',
      'conversation.created',
      'contact.created',
    ];
    expect((await timeline(id)).data.map(({ type }) => type)).toEqual(types);
    expect((await timeline(id, { types: 'message.created,conversation.created' })).total).toBe(3);
    const page = await timeline(id, { limit: 4 });
    const rest = await timeline(id, { limit: 4, cursor: page.meta.next_cursor! });
    expect([...page.data, ...rest.data].map(({ type }) => type)).toEqual(types);
  });

  it('should list merge, split, participant and read events', async () => {
    const [item, secondItem] = [await createContact(workspace.client), await createContact(workspace.client)];
    const [source, target] = [
      await createConversation(workspace.client, { contact_id: item.id }),
      await createConversation(workspace.client, { contact_id: secondItem.id }),
    ];
    const act = (id: string, action: string, body: object = {}): Promise<unknown> =>
      workspace.client.post(`/v1/conversations/${id}/${action}`, body);
    const later = await createMessage(workspace.client, target.id, { type: 'comment' });
    const emitted = [
      'conversation.merged',
      'conversation.unmerged',
      'conversation.split',
      'conversation.participant_added',
      'conversation.participant_removed',
      'conversation.read',
      'conversation.unread',
    ];
    await act(source.id, 'merge', { into_id: target.id });
    await act(source.id, 'unmerge');
    await act(target.id, 'split', { message_id: later.id });
    await act(target.id, 'participants', { user_id: workspace.userId });
    await workspace.client.delete(`/v1/conversations/${target.id}/participants/${workspace.userId}`);
    await act(target.id, 'read', { as: 'contact' });
    await act(target.id, 'read');
    await act(target.id, 'unread');
    const types = async (id: string): Promise<string[]> =>
      (await timeline(id, { types: emitted.join(',') })).data.map(({ type }) => type).reverse();
    expect(await types(item.id)).toEqual(['conversation.merged', 'conversation.unmerged']);
    expect(await types(secondItem.id)).toEqual([...emitted.slice(0, 6), ...emitted.slice(5)]);
  });

  it('should not be visible in another workspace', async () => {
    const { id } = await createContact(other.client);
    expect(getError(await workspace.client.get(`/v1/contacts/${id}/timeline`)).status).toBe(404);
  });
});
