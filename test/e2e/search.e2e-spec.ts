import { makeContact } from '../factories/contact.js';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { apiKey, refusalOf, register, type Workspace } from '../support/client.js';

interface Hit {
  readonly id: string;
  readonly rank: number;
  readonly highlight: string;
}

interface Found {
  readonly data: { readonly conversations: readonly Hit[]; readonly contacts: readonly Hit[] };
  readonly meta: { readonly total_results: number };
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
});

async function search(query: Record<string, string>, { client } = workspace): Promise<Found> {
  const { status, body } = await client.get<Found>('/v1/search', query);
  expect(status).toBe(200);
  return body;
}

describe('GET /v1/search', () => {
  it('should find conversations by subject and by what was said, the subject first', async () => {
    const said = await makeConversation(workspace.client, { subject: 'Other', message: { body: 'The zeppelin has not arrived' } });
    const titled = await makeConversation(workspace.client, { subject: 'Zeppelin', message: { body: 'Where is it?' } });
    const { data } = await search({ q: 'zeppelin', type: 'conversation' });
    expect(data.conversations.map(({ id }) => id)).toEqual([titled.id, said.id]);
    expect(data.conversations[1]!.highlight).toContain('<mark>zeppelin</mark>');
    expect(data.contacts).toEqual([]);
  });

  it('should find an unfinished last word, all of several words, and a phrase', async () => {
    const { id } = await makeConversation(workspace.client, { message: { body: 'My purple umbrella broke yesterday' } });
    for (const q of ['umbre', 'purple umbr', '"purple umbrella"', 'PURPLE']) expect((await search({ q })).data.conversations.map((hit) => hit.id)).toEqual([id]);
    for (const q of ['purple submarine', '"umbrella purple"', 'umbrella -purple']) expect((await search({ q })).data.conversations).toEqual([]);
  });

  it('should find contacts, a mistyped letter notwithstanding', async () => {
    const { id } = await makeContact(workspace.client, { name: 'Grace Hopper', company: 'Navy' });
    for (const q of ['grace', 'hoper', 'NAVY']) expect((await search({ q, type: 'contact' })).data.contacts.map((hit) => hit.id)).toContain(id);
  });

  it('should write out whatever HTML would take for markup', async () => {
    await makeConversation(workspace.client, { message: { body: '<img src=x onerror=alert(1)> kumquat' } });
    const [hit] = (await search({ q: 'kumquat' })).data.conversations;
    expect(hit!.highlight).toContain('<mark>kumquat</mark>');
    expect(hit!.highlight.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
  });

  it('should not find what was taken back', async () => {
    const { id } = await makeConversation(workspace.client);
    const said = await makeMessage(workspace.client, id, { body: 'The password is xylophone' });
    expect((await search({ q: 'xylophone' })).meta.total_results).toBe(1);
    await workspace.client.delete(`/v1/messages/${said.id}`);
    expect((await search({ q: 'xylophone' })).meta.total_results).toBe(0);
  });

  it('should give at most as many as asked for', async () => {
    for (let index = 0; index < 3; index += 1) await makeConversation(workspace.client, { subject: 'Quokka' });
    expect((await search({ q: 'quokka', limit: '2' })).data.conversations).toHaveLength(2);
    expect(refusalOf(await workspace.client.get('/v1/search', { q: 'quokka', limit: '101' })).status).toBe(400);
    expect(refusalOf(await workspace.client.get('/v1/search', { q: 'quokka', type: 'planet' })).status).toBe(400);
    expect(refusalOf(await workspace.client.get('/v1/search', {})).status).toBe(400);
  });

  it('should not find anything of another workspace', async () => {
    await makeConversation(workspace.client, { subject: 'Narwhal', contact: { name: 'Narwhal' } });
    const other = await register();
    expect((await search({ q: 'narwhal' })).meta.total_results).toBe(2);
    expect((await search({ q: 'narwhal' }, other)).meta.total_results).toBe(0);
  });

  it('should need its scope', async () => {
    const { client } = await apiKey(workspace, ['conversations:read']);
    expect(refusalOf(await client.get('/v1/search', { q: 'x' })).status).toBe(403);
  });
});
