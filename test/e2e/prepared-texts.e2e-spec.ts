import { createConversation } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createInbox } from '../factories/inbox.js';
import { createTeam } from '../factories/team.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import type { CannedResponse, ListResponse, ItemResponse, QuickReply } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function createResponse(
  shortcut: string,
  fields: object = {},
  client: Client = workspace.client,
): Promise<CannedResponse> {
  return getData(
    await client.post<ItemResponse<CannedResponse>>('/v1/canned-responses', {
      shortcut,
      content: 'Your payment is on its way.',
      ...fields,
    }),
  );
}

async function shortcuts(query: Record<string, string> = {}, client: Client = workspace.client): Promise<string[]> {
  return (await client.get<ListResponse<CannedResponse>>('/v1/canned-responses', query)).body.data.map(
    ({ shortcut }) => shortcut,
  );
}

describe('/v1/canned-responses', () => {
  it('should sort matches at the start of the shortcut first, then in the shortcut, then in the content', async () => {
    await createResponse('hello', { content: 'We refund you.' });
    await createResponse('no-refund');
    await createResponse('refund');
    await createResponse('Refund-late');
    await createResponse('bye');
    expect(await shortcuts({ q: 'REF' })).toEqual(['refund', 'Refund-late', 'no-refund', 'hello']);
    expect(await shortcuts()).toEqual(['bye', 'hello', 'no-refund', 'refund', 'Refund-late']);
  });

  it('should keep the order across pages', async () => {
    for (const shortcut of ['b-ref', 'ref', 'a-ref', 'refa']) await createResponse(shortcut);
    const first = (
      await workspace.client.get<ListResponse<CannedResponse>>('/v1/canned-responses', { q: 'ref', limit: 3 })
    ).body;
    const second = (
      await workspace.client.get<ListResponse<CannedResponse>>('/v1/canned-responses', {
        q: 'ref',
        limit: 3,
        cursor: first.meta.next_cursor!,
      })
    ).body;
    expect([...first.data, ...second.data].map(({ shortcut }) => shortcut)).toEqual(['ref', 'refa', 'a-ref', 'b-ref']);
    expect(first.total).toBe(4);
  });

  it('should list only responses that the caller can use', async () => {
    const team = await createTeam(workspace.client);
    await createResponse('all');
    await createResponse('team', { visibility: 'team', team_id: team.id });
    const own = await createResponse('mine', { visibility: 'personal' });
    expect(own).toMatchObject({ visibility: 'personal', owner_id: workspace.userId });
    expect(await shortcuts()).toEqual(['all', 'mine', 'team']);
    expect(await shortcuts({ visibility: 'team' })).toEqual(['team']);
    expect(await shortcuts({ team: team.id })).toEqual(['team']);
    const admin = await createApiKey(workspace);
    const agent = await createApiKey(workspace, ['conversations:write']);
    expect(await shortcuts({}, admin.client)).toEqual(['all', 'team']);
    expect(await shortcuts({}, agent.client)).toEqual(['all']);
    for (const response of [
      await admin.client.get(`/v1/canned-responses/${own.id}`),
      await admin.client.patch(`/v1/canned-responses/${own.id}`, { content: 'x' }),
      await admin.client.delete(`/v1/canned-responses/${own.id}`),
    ]) {
      expect(getError(response)).toMatchObject({ status: 404 });
    }
  });

  it('should return an error when the visibility, the template or the shortcut is not valid', async () => {
    const team = await createTeam(workspace.client);
    const create = async (fields: object, client: Client = workspace.client) =>
      getError(await client.post('/v1/canned-responses', { shortcut: 'hi', content: 'Hello', ...fields }));
    expect(await create({ visibility: 'team' })).toMatchObject({
      status: 400,
      details: { team_id: [expect.any(String)] },
    });
    expect(await create({ team_id: team.id })).toMatchObject({
      status: 400,
      details: { team_id: [expect.any(String)] },
    });
    expect(await create({ visibility: 'team', team_id: (await createTeam(other.client)).id })).toMatchObject({
      status: 422,
    });
    const { client } = await createApiKey(workspace, ['conversations:write']);
    expect(await create({ visibility: 'personal' }, client)).toMatchObject({ status: 422 });
    expect(await create({ content: 'Hello {{ contact.nam }}' })).toMatchObject({
      status: 400,
      details: { content: [expect.stringContaining('contact.name')] },
    });
    expect(await create({ shortcut: 'two words' })).toMatchObject({ status: 400 });
    await createResponse('hi');
    expect(await create({ shortcut: 'HI' })).toMatchObject({ status: 409, details: { shortcut: 'HI' } });
    expect(await createResponse('hi', { visibility: 'team', team_id: team.id })).toMatchObject({
      team: { id: team.id, name: team.name },
    });
    expect(await createResponse('hi', { visibility: 'personal' })).toMatchObject({ visibility: 'personal' });
  });

  it('should update only given fields, keep the version without a change, and remove the team with its visibility', async () => {
    const team = await createTeam(workspace.client);
    const created = await createResponse('hi', { visibility: 'team', team_id: team.id });
    const path = `/v1/canned-responses/${created.id}`;
    expect(
      getData(await workspace.client.patch<ItemResponse<CannedResponse>>(path, { visibility: 'workspace' })),
    ).toMatchObject({
      visibility: 'workspace',
      team: null,
      version: 2,
    });
    expect(
      getData(await workspace.client.patch<ItemResponse<CannedResponse>>(path, { content: created.content })),
    ).toMatchObject({
      version: 2,
    });
    expect(getError(await workspace.client.patch(path, { content: 'New' }, { 'if-match': '"1"' }))).toMatchObject({
      status: 412,
    });
    expect((await workspace.client.delete(path)).status).toBe(204);
    expect(getError(await workspace.client.get(path))).toMatchObject({ status: 404 });
  });

  it('should render variables from the conversation and return the existing files', async () => {
    const [file, orphaned] = [
      await createFile(workspace.client),
      await createFile(workspace.client, 'gone', 'gone.txt'),
    ];
    const inbox = await createInbox(workspace.client);
    const conversation = await createConversation(workspace.client, { inbox_id: inbox.id });
    const content =
      'Hello {{ contact.first_name }}, {{ agent.name }} of {{ inbox.name }} here about #{{ conversation.number }}.';
    const { id } = await createResponse('hi', { content, attachment_ids: [file.id, orphaned.id] });
    await workspace.client.delete(`/v1/files/${orphaned.id}`);
    const rendered = getData(
      await workspace.client.post<ItemResponse<object>>(`/v1/canned-responses/${id}/render`, {
        conversation_id: conversation.id,
      }),
    );
    expect(rendered).toMatchObject({
      content: `Hello John, Sarah Chen of ${inbox.name} here about #${conversation.number}.`,
      content_type: 'text',
      attachments: [{ id: file.id, name: 'invoice.txt' }],
    });
    expect(
      getData(await workspace.client.get<ItemResponse<CannedResponse>>(`/v1/canned-responses/${id}`)).usage_count,
    ).toBe(1);
    const foreign = await createConversation(other.client);
    expect(
      getError(await workspace.client.post(`/v1/canned-responses/${id}/render`, { conversation_id: foreign.id })),
    ).toMatchObject({ status: 422 });
  });

  it('should return 404 when the response belongs to another workspace', async () => {
    const { id } = await createResponse('hi', {}, other.client);
    expect(await shortcuts()).toEqual([]);
    expect(getError(await workspace.client.get(`/v1/canned-responses/${id}`))).toMatchObject({ status: 404 });
  });
});

describe('/v1/quick-replies', () => {
  const createReply = async (title: string, fields: object = {}): Promise<QuickReply> =>
    getData(
      await workspace.client.post<ItemResponse<QuickReply>>('/v1/quick-replies', {
        title,
        body: 'Thank you!',
        ...fields,
      }),
    );
  const listed = async (query: Record<string, string> = {}): Promise<readonly QuickReply[]> =>
    (await workspace.client.get<ListResponse<QuickReply>>('/v1/quick-replies', query)).body.data;

  it('should sort by position, add new replies last and move them', async () => {
    const [, second] = [await createReply('Thanks'), await createReply('Wait'), await createReply('Bye')];
    expect((await listed()).map(({ title, position }) => [title, position])).toEqual([
      ['Thanks', 0],
      ['Wait', 1],
      ['Bye', 2],
    ]);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<QuickReply>>(`/v1/quick-replies/${second.id}`, { position: 9 }),
      ),
    ).toMatchObject({ position: 9, version: 2 });
    expect((await listed()).map(({ title }) => title)).toEqual(['Thanks', 'Bye', 'Wait']);
    expect((await listed({ q: 'BYE' })).map(({ title }) => title)).toEqual(['Bye']);
  });

  it('should list replies offered in the inbox of a conversation, rendered', async () => {
    const [inbox, another] = [await createInbox(workspace.client), await createInbox(workspace.client)];
    await createReply('Everywhere', { body: 'Thank you, {{ contact.first_name }}!' });
    await createReply('Here', { inbox_id: inbox.id });
    await createReply('There', { inbox_id: another.id });
    const { id } = await createConversation(workspace.client, { inbox_id: inbox.id });
    expect((await listed({ conversation_id: id })).map(({ title, rendered }) => [title, rendered])).toEqual([
      ['Everywhere', 'Thank you, John!'],
      ['Here', 'Thank you!'],
    ]);
    expect((await listed({ inbox: another.id })).map(({ title, rendered }) => [title, rendered])).toEqual([
      ['Everywhere', null],
      ['There', null],
    ]);
    const { id: nowhere } = await createConversation(workspace.client);
    expect((await listed({ conversation_id: nowhere })).map(({ title }) => title)).toEqual(['Everywhere']);
  });

  it('should return an error when the template or the inbox is not valid', async () => {
    expect(
      getError(await workspace.client.post('/v1/quick-replies', { title: 'Odd', body: '{{ nobody }}' })),
    ).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
    const foreign = await createInbox(other.client);
    expect(
      getError(await workspace.client.post('/v1/quick-replies', { title: 'Odd', body: 'Hi', inbox_id: foreign.id })),
    ).toMatchObject({ status: 422 });
    const { id } = await createReply('Fine');
    expect(getError(await workspace.client.patch(`/v1/quick-replies/${id}`, { inbox_id: foreign.id }))).toMatchObject({
      status: 422,
    });
    expect(
      getError(await workspace.client.patch(`/v1/quick-replies/${id}`, { title: 'Late' }, { 'if-match': '"7"' })),
    ).toMatchObject({ status: 412 });
  });

  it('should return 404 when the reply belongs to another workspace', async () => {
    const { id } = await createReply('Mine');
    expect(getError(await other.client.get(`/v1/quick-replies/${id}`))).toMatchObject({ status: 404 });
    expect(getError(await other.client.patch(`/v1/quick-replies/${id}`, { title: 'Theirs' }))).toMatchObject({
      status: 404,
    });
    expect(getError(await other.client.delete(`/v1/quick-replies/${id}`))).toMatchObject({ status: 404 });
    expect((await workspace.client.delete(`/v1/quick-replies/${id}`)).status).toBe(204);
    expect(await listed()).toEqual([]);
  });
});
