import { makeConversation } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { makeInbox } from '../factories/inbox.js';
import { makeTeam } from '../factories/team.js';
import { apiKey, dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import type { CannedResponse, Many, One, QuickReply } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function makeResponse(
  shortcut: string,
  fields: object = {},
  client: Client = workspace.client,
): Promise<CannedResponse> {
  return dataOf(
    await client.post<One<CannedResponse>>('/v1/canned-responses', {
      shortcut,
      content: 'Your money is on its way.',
      ...fields,
    }),
  );
}

async function shortcuts(query: Record<string, string> = {}, client: Client = workspace.client): Promise<string[]> {
  return (await client.get<Many<CannedResponse>>('/v1/canned-responses', query)).body.data.map(
    ({ shortcut }) => shortcut,
  );
}

describe('/v1/canned-responses', () => {
  it('should put those first whose shortcut begins with the words, then shortcuts with them, then texts', async () => {
    await makeResponse('hello', { content: 'We refund you.' });
    await makeResponse('no-refund');
    await makeResponse('refund');
    await makeResponse('Refund-late');
    await makeResponse('bye');
    expect(await shortcuts({ q: 'REF' })).toEqual(['refund', 'Refund-late', 'no-refund', 'hello']);
    expect(await shortcuts()).toEqual(['bye', 'hello', 'no-refund', 'refund', 'Refund-late']);
  });

  it('should keep its order over pages', async () => {
    for (const shortcut of ['b-ref', 'ref', 'a-ref', 'refa']) await makeResponse(shortcut);
    const first = (await workspace.client.get<Many<CannedResponse>>('/v1/canned-responses', { q: 'ref', limit: 3 }))
      .body;
    const second = (
      await workspace.client.get<Many<CannedResponse>>('/v1/canned-responses', {
        q: 'ref',
        limit: 3,
        cursor: first.meta.next_cursor!,
      })
    ).body;
    expect([...first.data, ...second.data].map(({ shortcut }) => shortcut)).toEqual(['ref', 'refa', 'a-ref', 'b-ref']);
    expect(first.total).toBe(4);
  });

  it('should show each to those whom it is for', async () => {
    const team = await makeTeam(workspace.client);
    await makeResponse('everybody');
    await makeResponse('team', { visibility: 'team', team_id: team.id });
    const own = await makeResponse('mine', { visibility: 'personal' });
    expect(own).toMatchObject({ visibility: 'personal', owner_id: workspace.userId });
    expect(await shortcuts()).toEqual(['everybody', 'mine', 'team']);
    expect(await shortcuts({ visibility: 'team' })).toEqual(['team']);
    expect(await shortcuts({ team: team.id })).toEqual(['team']);
    const admin = await apiKey(workspace);
    const agent = await apiKey(workspace, ['conversations:write']);
    expect(await shortcuts({}, admin.client)).toEqual(['everybody', 'team']);
    expect(await shortcuts({}, agent.client)).toEqual(['everybody']);
    for (const answer of [
      await admin.client.get(`/v1/canned-responses/${own.id}`),
      await admin.client.patch(`/v1/canned-responses/${own.id}`, { content: 'x' }),
      await admin.client.delete(`/v1/canned-responses/${own.id}`),
    ]) {
      expect(refusalOf(answer)).toMatchObject({ status: 404 });
    }
  });

  it('should refuse what is for nobody, and shortcuts that are taken by the same people', async () => {
    const team = await makeTeam(workspace.client);
    const create = async (fields: object, client: Client = workspace.client) =>
      refusalOf(await client.post('/v1/canned-responses', { shortcut: 'hi', content: 'Hello', ...fields }));
    expect(await create({ visibility: 'team' })).toMatchObject({
      status: 400,
      details: { team_id: [expect.any(String)] },
    });
    expect(await create({ team_id: team.id })).toMatchObject({
      status: 400,
      details: { team_id: [expect.any(String)] },
    });
    expect(await create({ visibility: 'team', team_id: (await makeTeam(other.client)).id })).toMatchObject({
      status: 422,
    });
    const { client } = await apiKey(workspace, ['conversations:write']);
    expect(await create({ visibility: 'personal' }, client)).toMatchObject({ status: 422 });
    expect(await create({ content: 'Hello {{ contact.nam }}' })).toMatchObject({
      status: 400,
      details: { content: [expect.stringContaining('contact.name')] },
    });
    expect(await create({ shortcut: 'two words' })).toMatchObject({ status: 400 });
    await makeResponse('hi');
    expect(await create({ shortcut: 'HI' })).toMatchObject({ status: 409, details: { shortcut: 'HI' } });
    expect(await makeResponse('hi', { visibility: 'team', team_id: team.id })).toMatchObject({
      team: { id: team.id, name: team.name },
    });
    expect(await makeResponse('hi', { visibility: 'personal' })).toMatchObject({ visibility: 'personal' });
  });

  it('should change what is given, once, and leave the team when it is no longer for one', async () => {
    const team = await makeTeam(workspace.client);
    const made = await makeResponse('hi', { visibility: 'team', team_id: team.id });
    const path = `/v1/canned-responses/${made.id}`;
    expect(dataOf(await workspace.client.patch<One<CannedResponse>>(path, { visibility: 'workspace' }))).toMatchObject({
      visibility: 'workspace',
      team: null,
      version: 2,
    });
    expect(dataOf(await workspace.client.patch<One<CannedResponse>>(path, { content: made.content }))).toMatchObject({
      version: 2,
    });
    expect(refusalOf(await workspace.client.patch(path, { content: 'New' }, { 'if-match': '"1"' }))).toMatchObject({
      status: 412,
    });
    expect((await workspace.client.delete(path)).status).toBe(204);
    expect(refusalOf(await workspace.client.get(path))).toMatchObject({ status: 404 });
  });

  it('should be filled in from a conversation, with the files that are left', async () => {
    const [file, lost] = [await makeFile(workspace.client), await makeFile(workspace.client, 'gone', 'gone.txt')];
    const inbox = await makeInbox(workspace.client);
    const conversation = await makeConversation(workspace.client, { inbox_id: inbox.id });
    const content =
      'Hello {{ contact.first_name }}, {{ agent.name }} of {{ inbox.name }} here about #{{ conversation.number }}.';
    const { id } = await makeResponse('hi', { content, attachment_ids: [file.id, lost.id] });
    await workspace.client.delete(`/v1/files/${lost.id}`);
    const rendered = dataOf(
      await workspace.client.post<One<object>>(`/v1/canned-responses/${id}/render`, {
        conversation_id: conversation.id,
      }),
    );
    expect(rendered).toMatchObject({
      content: `Hello John, Sarah Chen of ${inbox.name} here about #${conversation.number}.`,
      content_type: 'text',
      attachments: [{ id: file.id, name: 'invoice.txt' }],
    });
    expect(dataOf(await workspace.client.get<One<CannedResponse>>(`/v1/canned-responses/${id}`)).usage_count).toBe(1);
    const foreign = await makeConversation(other.client);
    expect(
      refusalOf(await workspace.client.post(`/v1/canned-responses/${id}/render`, { conversation_id: foreign.id })),
    ).toMatchObject({ status: 422 });
  });

  it('should not show those of another workspace', async () => {
    const { id } = await makeResponse('hi', {}, other.client);
    expect(await shortcuts()).toEqual([]);
    expect(refusalOf(await workspace.client.get(`/v1/canned-responses/${id}`))).toMatchObject({ status: 404 });
  });
});

describe('/v1/quick-replies', () => {
  const make = async (title: string, fields: object = {}): Promise<QuickReply> =>
    dataOf(await workspace.client.post<One<QuickReply>>('/v1/quick-replies', { title, body: 'Thank you!', ...fields }));
  const listed = async (query: Record<string, string> = {}): Promise<readonly QuickReply[]> =>
    (await workspace.client.get<Many<QuickReply>>('/v1/quick-replies', query)).body.data;

  it('should stand in their order, new ones last, and move', async () => {
    const [, second] = [await make('Thanks'), await make('Wait'), await make('Bye')];
    expect((await listed()).map(({ title, position }) => [title, position])).toEqual([
      ['Thanks', 0],
      ['Wait', 1],
      ['Bye', 2],
    ]);
    expect(
      dataOf(await workspace.client.patch<One<QuickReply>>(`/v1/quick-replies/${second.id}`, { position: 9 })),
    ).toMatchObject({ position: 9, version: 2 });
    expect((await listed()).map(({ title }) => title)).toEqual(['Thanks', 'Bye', 'Wait']);
    expect((await listed({ q: 'BYE' })).map(({ title }) => title)).toEqual(['Bye']);
  });

  it('should be offered in their inbox, filled in', async () => {
    const [inbox, another] = [await makeInbox(workspace.client), await makeInbox(workspace.client)];
    await make('Everywhere', { body: 'Thank you, {{ contact.first_name }}!' });
    await make('Here', { inbox_id: inbox.id });
    await make('There', { inbox_id: another.id });
    const { id } = await makeConversation(workspace.client, { inbox_id: inbox.id });
    expect((await listed({ conversation_id: id })).map(({ title, rendered }) => [title, rendered])).toEqual([
      ['Everywhere', 'Thank you, John!'],
      ['Here', 'Thank you!'],
    ]);
    expect((await listed({ inbox: another.id })).map(({ title, rendered }) => [title, rendered])).toEqual([
      ['Everywhere', null],
      ['There', null],
    ]);
    const { id: nowhere } = await makeConversation(workspace.client);
    expect((await listed({ conversation_id: nowhere })).map(({ title }) => title)).toEqual(['Everywhere']);
  });

  it('should refuse what cannot be rendered or is offered nowhere', async () => {
    expect(
      refusalOf(await workspace.client.post('/v1/quick-replies', { title: 'Odd', body: '{{ nobody }}' })),
    ).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
    const foreign = await makeInbox(other.client);
    expect(
      refusalOf(await workspace.client.post('/v1/quick-replies', { title: 'Odd', body: 'Hi', inbox_id: foreign.id })),
    ).toMatchObject({ status: 422 });
    const { id } = await make('Fine');
    expect(refusalOf(await workspace.client.patch(`/v1/quick-replies/${id}`, { inbox_id: foreign.id }))).toMatchObject({
      status: 422,
    });
    expect(
      refusalOf(await workspace.client.patch(`/v1/quick-replies/${id}`, { title: 'Late' }, { 'if-match': '"7"' })),
    ).toMatchObject({ status: 412 });
  });

  it('should not be changed or deleted from another workspace', async () => {
    const { id } = await make('Mine');
    expect(refusalOf(await other.client.get(`/v1/quick-replies/${id}`))).toMatchObject({ status: 404 });
    expect(refusalOf(await other.client.patch(`/v1/quick-replies/${id}`, { title: 'Theirs' }))).toMatchObject({
      status: 404,
    });
    expect(refusalOf(await other.client.delete(`/v1/quick-replies/${id}`))).toMatchObject({ status: 404 });
    expect((await workspace.client.delete(`/v1/quick-replies/${id}`)).status).toBe(204);
    expect(await listed()).toEqual([]);
  });
});
