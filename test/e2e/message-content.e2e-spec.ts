import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import type { Conversation, ListResponse, Message, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;
let id: string;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
  ({ id } = await createConversation(workspace.client));
});

async function getRejection(body: object): Promise<ReturnType<typeof getError>> {
  return getError(await workspace.client.post(`/v1/conversations/${id}/messages`, { type: 'reply', ...body }));
}

describe('message body', () => {
  it('should sanitize HTML and return its text in body', async () => {
    const message = await createMessage(workspace.client, id, {
      content_type: 'html',
      body: '<p>Dear <b>John</b></p><script>alert(1)</script><p onclick="x()">All well?</p>',
    });
    expect(message).toMatchObject({
      content_type: 'html',
      body: 'Dear John\nAll well?',
      body_html: '<p>Dear <b>John</b></p><p>All well?</p>',
    });
    expect(
      getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).last_message!.body,
    ).toBe('Dear John\nAll well?');
    const updated = getData(
      await workspace.client.patch<ItemResponse<Message>>(`/v1/messages/${message.id}`, {
        body: '<p>Dear Jane<img src=x onerror=y></p>',
      }),
    );
    expect(updated).toMatchObject({ body: 'Dear Jane', body_html: '<p>Dear Jane<img src="x" /></p>' });
  });

  it('should keep Markdown and return sanitized HTML in body_html', async () => {
    expect(
      await createMessage(workspace.client, id, { content_type: 'markdown', body: '**Hi** <i>you</i>' }),
    ).toMatchObject({ body: '**Hi** <i>you</i>', body_html: '<p><strong>Hi</strong> &lt;i&gt;you&lt;/i&gt;</p>' });
  });

  it('should return 400 when no content remains after sanitizing', async () => {
    expect(await getRejection({ content_type: 'html', body: '<script>alert(1)</script>' })).toMatchObject({
      status: 400,
      details: { body: [expect.any(String)] },
    });
  });
});

describe('inline images', () => {
  it('should be replaced with signed links to their files', async () => {
    const file = await createFile(workspace.client, 'pretend', 'logo.png');
    const message = await createMessage(workspace.client, id, {
      body: 'See',
      body_html: '<p><img src="cid:logo@mail"><img src="cid:other"></p>',
      inline_files: [{ file_id: file.id, content_id: 'logo@mail' }],
    });
    expect(message.attachments).toMatchObject([{ id: file.id, inline: true, content_id: 'logo@mail' }]);
    const [, url] = /<img src="([^"]+)" \/><img src="cid:other" \/>/.exec(message.body_html!)!;
    expect(await (await fetch(new URL(url!.replaceAll('&amp;', '&'), serverUrl()))).text()).toBe('pretend');
  });

  it('should return 422 when the file belongs to another workspace', async () => {
    const file = await createFile(other.client);
    expect((await getRejection({ body: 'x', inline_files: [{ file_id: file.id, content_id: 'a' }] })).status).toBe(422);
  });
});

describe('pasted images', () => {
  const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
  const IMAGE = `<img src="data:image/png;base64,${PIXEL}">`;

  async function expectInlineImage(message: Message): Promise<void> {
    expect(message.attachments).toMatchObject([
      { name: 'image-1.png', mime_type: 'image/png', inline: true, width: 1, height: 1 },
    ]);
    const [, url] = /<img src="([^"]+)" \/>/.exec(message.body_html!)!;
    const response = await fetch(new URL(url!.replaceAll('&amp;', '&'), serverUrl()));
    expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(PIXEL);
  }

  it.each(['reply', 'comment', 'note'])('should become inline attachments of a %s', async (type) => {
    const body = { type, content_type: 'html', body: `<p>See ${IMAGE}</p>` };
    if (type !== 'note') await expectInlineImage(await createMessage(workspace.client, id, { ...body, type }));
    await expectInlineImage(await createMessage(workspace.client, id, { type, body: 'See', body_html: IMAGE }));
  });

  it('should become inline attachments when a message is updated', async () => {
    const html = await createMessage(workspace.client, id, { content_type: 'html', body: '<p>See</p>' });
    const text = await createMessage(workspace.client, id, { type: 'reply', body: 'See' });
    const update = async (messageId: string, body: object): Promise<Message> =>
      getData(await workspace.client.patch<ItemResponse<Message>>(`/v1/messages/${messageId}`, body));
    await expectInlineImage(await update(html.id, { body: `<p>See ${IMAGE}</p>` }));
    await expectInlineImage(await update(text.id, { body: 'See', body_html: IMAGE }));
    expect(
      getError(await workspace.client.patch(`/v1/messages/${text.id}`, { body: 'x', body_html: IMAGE.repeat(21) })),
    ).toMatchObject({ status: 400, details: { body_html: expect.any(Array) } });
  });

  it('should become inline attachments of the first message of a conversation', async () => {
    const created = await createConversation(workspace.client, {
      message: { content_type: 'html', body: `<p>See ${IMAGE}</p>` },
    });
    const { body } = await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${created.id}/messages`);
    await expectInlineImage(body.data[0]!);
  });

  it('should be accepted up to 20 images and beyond the length of a text', async () => {
    const large = `<img src="data:image/png;base64,${PIXEL}${'A'.repeat(300_000)}">`;
    expect((await createMessage(workspace.client, id, { content_type: 'html', body: large })).attachments).toHaveLength(
      1,
    );
    expect(
      (await createMessage(workspace.client, id, { content_type: 'html', body: IMAGE.repeat(20) })).attachments,
    ).toHaveLength(20);
    expect(await getRejection({ content_type: 'html', body: IMAGE.repeat(21) })).toMatchObject({
      status: 400,
      details: { body: [expect.stringContaining('at most 20')] },
    });
    expect(await getRejection({ body: 'x', body_html: 'x'.repeat(150_001) })).toMatchObject({
      status: 400,
      details: { body_html: [expect.stringContaining('150000')] },
    });
    expect(await getRejection({ body: 'x'.repeat(150_001) })).toMatchObject({
      status: 400,
      details: { body: [expect.stringContaining('150000')] },
    });
  });

  it('should not be kept when the message is rejected', async () => {
    const count = async (): Promise<number> =>
      (await workspace.client.get<ListResponse<object>>('/v1/files')).body.total;
    const before = await count();
    expect((await getRejection({ content_type: 'html', body: IMAGE, in_reply_to: workspace.id })).status).toBe(422);
    expect(await count()).toBe(before);
  });
});

describe('remote images', () => {
  const HTML = '<p>Hi <img src="https://track.example/open.png?id=1" /></p>';

  it('should be blocked in messages of the contact unless they are requested', async () => {
    const { id: conversationId } = await createConversation(workspace.client);
    const BLOCKED = { body_html: HTML.replace(' src', ' data-src'), blocked_images: 1 };
    const SHOWN = { body_html: HTML, blocked_images: 0 };
    const fields = { type: 'comment', content_type: 'html', body: HTML };
    const created = await createMessage(workspace.client, conversationId, fields);
    expect(created).toMatchObject(BLOCKED);
    const get = async (path: string, query = {}): Promise<object> =>
      (await workspace.client.get<{ data: object }>(path, query)).body.data;
    for (const [images, expected] of [
      [{}, BLOCKED],
      [{ images: 'block' }, BLOCKED],
      [{ images: 'show' }, SHOWN],
    ] as const) {
      expect(await get(`/v1/messages/${created.id}`, images)).toMatchObject(expected);
      expect(await get(`/v1/conversations/${conversationId}/messages`, images)).toMatchObject([{}, expected]);
      expect(await get('/v1/messages', { conversation_id: conversationId, ...images })).toMatchObject([expected, {}]);
    }
    const response = await workspace.client.get(`/v1/messages/${created.id}`, { images: 'all' });
    expect(getError(response).status).toBe(400);
  });

  it('should stay in replies', async () => {
    const reply = await createMessage(workspace.client, id, { content_type: 'html', body: HTML });
    expect(reply).toMatchObject({ body_html: HTML, blocked_images: 0 });
  });
});

describe('a blank message', () => {
  it.each([
    [{ body: ' ' }],
    [{ body: '\u00a0\n' }],
    [{ body: '\u200b' }],
    [{ content_type: 'html', body: '<p>&nbsp;</p>' }],
    [{ body: '', body_html: '<title>x</title>' }],
    [{ content_type: 'html', body: '<img src="data:image/svg+xml;base64,PHN2Zz4=">' }],
    [{ type: 'note', body: '\t' }],
    [{ type: 'comment', body: ' ' }],
  ])('should be rejected with 400 when it is %j', async (body) => {
    expect(await getRejection(body)).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
  });

  it('should be rejected when a message is updated to it', async () => {
    const message = await createMessage(workspace.client, id);
    const response = await workspace.client.patch(`/v1/messages/${message.id}`, { body: ' ' });
    expect(getError(response)).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
  });
});

describe('rich content', () => {
  const CARD = {
    title: 'Invoice 4711',
    media_url: 'https://example.com/a.png',
    actions: [
      { type: 'link', text: 'See', uri: 'https://example.com' },
      { type: 'postback', text: 'Again', payload: 'resend' },
    ],
  };

  it.each([
    ['cards', [CARD]],
    ['select', [{ title: 'By e-mail', value: 'email' }]],
    ['articles', [{ title: 'Invoices', link: 'https://help.example.com' }]],
    [
      'form',
      [
        { name: 'order_id', label: 'Order', type: 'text', required: true },
        { name: 'way', label: 'Way', type: 'select', options: [{ title: 'Mail', value: 'mail' }] },
      ],
    ],
  ])('should accept %s without a body', async (content_type, items) => {
    expect(
      await createMessage(workspace.client, id, { body: '', content_type, content_attributes: { items, campaign: 7 } }),
    ).toMatchObject({ content_type, content_attributes: { items, campaign: 7 } });
  });

  it.each([
    ['cards', undefined, 'content_attributes.items'],
    ['cards', [], 'content_attributes.items'],
    ['cards', [{ description: 'x' }], 'content_attributes.items[0].title'],
    ['cards', [{ title: 'x', colour: 'red' }], 'content_attributes.items[0].colour'],
    ['cards', [{ title: 'x', actions: [{ type: 'link', text: 'y' }] }], 'content_attributes.items[0].actions[0].uri'],
    ['cards', [{ title: 'x', media_url: 'javascript:x' }], 'content_attributes.items[0].media_url'],
    ['form', [{ name: 'x', label: 'X', type: 'select' }], 'content_attributes.items[0].options'],
    ['form', [{ name: 'X y', label: 'X', type: 'text' }], 'content_attributes.items[0].name'],
    ['select', 'email', 'content_attributes.items'],
    ['articles', [{ title: 'x' }], 'content_attributes.items[0].link'],
  ])('should return 400 for %s with %j at %s', async (content_type, items, path) => {
    expect(await getRejection({ body: 'x', content_type, content_attributes: { items } })).toMatchObject({
      status: 400,
      details: { [path]: expect.arrayContaining([expect.any(String)]) },
    });
  });
});

describe('before_id and after_id', () => {
  it('should limit the list in both directions', async () => {
    const thread = await createConversation(workspace.client, { message: { body: '0' } });
    const ids: string[] = [
      (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${thread.id}/messages`)).body.data[0]!.id,
    ];
    for (let index = 1; index < 6; index += 1)
      ids.push((await createMessage(workspace.client, thread.id, { body: String(index) })).id);
    const bodies = async (query: Record<string, string>) =>
      (
        await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${thread.id}/messages`, query)
      ).body.data.map(({ body }) => body);
    expect(await bodies({ before_id: ids[3]!, order_dir: 'desc', limit: '2' })).toEqual(['2', '1']);
    expect(await bodies({ after_id: ids[3]! })).toEqual(['4', '5']);
    expect(await bodies({ after_id: ids[0]!, before_id: ids[3]! })).toEqual(['1', '2']);
  });

  it('should return 400 when the message belongs to another workspace', async () => {
    const foreign = await createMessage(other.client, (await createConversation(other.client)).id);
    for (const field of ['before_id', 'after_id'])
      expect(getError(await workspace.client.get('/v1/messages', { [field]: foreign.id }))).toMatchObject({
        status: 400,
        details: { [field]: [expect.any(String)] },
      });
  });
});
