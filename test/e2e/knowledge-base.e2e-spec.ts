import { createArticle } from '../factories/article.js';
import { createContact } from '../factories/contact.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Article, ArticleSummary, ListResponse, ItemResponse } from '../support/wire.js';

interface Version {
  readonly version: number;
  readonly status: string;
  readonly title: string;
  readonly body: string;
  readonly author: { readonly id: string; readonly name: string } | null;
}

const KNOWLEDGE_PATH = '/v1/knowledge-base';

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await registerWorkspace();
  client = workspace.client;
});

async function list(query: Record<string, string | number>): Promise<readonly string[]> {
  return (await client.get<ListResponse<ArticleSummary>>(KNOWLEDGE_PATH, query)).body.data.map(({ title }) => title);
}

async function changesOf(id: string): Promise<readonly unknown[]> {
  return (await listEvents(client))
    .filter((event) => event.subject_id === id)
    .map(({ type, data }) => [type, data.changed]);
}

describe('POST /v1/knowledge-base', () => {
  it('should create a draft of the caller in the locale of the workspace', async () => {
    const article = await createArticle(client, { tags: ['account', 'account'] });
    expect(article).toMatchObject({
      status: 'draft',
      locale: 'en',
      slug: 'reset-your-password',
      description: null,
      tags: ['account'],
      author: { id: workspace.userId, name: 'Sarah Chen' },
      published_at: null,
      version: 1,
      body_html: '<p>Open <strong>Settings</strong> and choose <em>Security</em>.</p>\n',
      excerpt: 'Open Settings and choose Security.',
    });
    expect(getData(await client.get<ItemResponse<Article>>(`${KNOWLEDGE_PATH}/${article.id}`))).toEqual(article);
    expect((await listEvents(client)).at(-1)).toMatchObject({
      type: 'article.created',
      subject_id: article.id,
      data: { slug: 'reset-your-password', author_id: workspace.userId },
    });
  });

  it('should give tags the spelling of their first use in the workspace', async () => {
    await createContact(client, { tags: ['Éclair', 'VIP'] });
    const { id, tags } = await createArticle(client, { tags: ['vip', ' VIP', 'e\u0301clair', 'New'] });
    expect(tags).toEqual(['VIP', 'Éclair', 'New']);
    const { data } = (await client.get<ListResponse<Article>>(KNOWLEDGE_PATH, { tag: 'ÉCLAIR' })).body;
    expect(data.map((article) => article.id)).toEqual([id]);
    const change = { tags: ['new'] };
    const updated = getData(await client.patch<ItemResponse<Article>>(`${KNOWLEDGE_PATH}/${id}`, change));
    expect(updated.tags).toEqual(['New']);
    expect(getError(await client.patch(`${KNOWLEDGE_PATH}/${id}`, { tags: ['x', ' '] })).status).toBe(400);
  });

  it('should create an article without an author when a service key is used', async () => {
    const { client: service } = await createApiKey(workspace, ['knowledge:write']);
    expect(await createArticle(service)).toMatchObject({ author: null });
  });

  it('should neutralize active markup', async () => {
    const { body_html } = await createArticle(client, {
      body: '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>',
    });
    expect(body_html.match(/<[^>]*>/g)).toEqual(['<p>', '</p>']);
  });

  it('should generate a unique slug per title and locale', async () => {
    const created = [
      await createArticle(client),
      await createArticle(client),
      await createArticle(client),
      await createArticle(client, { locale: 'PT-br' }),
    ];
    expect(created.map(({ locale, slug }) => [locale, slug])).toEqual([
      ['en', 'reset-your-password'],
      ['en', 'reset-your-password-2'],
      ['en', 'reset-your-password-3'],
      ['pt-BR', 'reset-your-password'],
    ]);
    const rejected = await client.post(KNOWLEDGE_PATH, { title: 'x', body: 'x', slug: 'reset-your-password' });
    expect(getError(rejected)).toMatchObject({
      status: 409,
      code: 'CONFLICT',
      details: { slug: 'reset-your-password', locale: 'en' },
    });
    expect(
      getError(await client.patch(`${KNOWLEDGE_PATH}/${created[1]!.id}`, { slug: 'reset-your-password' })),
    ).toMatchObject({
      status: 409,
    });
  });

  it('should generate different slugs for concurrent requests', async () => {
    const created = await Promise.all(Array.from({ length: 4 }, () => createArticle(client)));
    expect(new Set(created.map(({ slug }) => slug)).size).toBe(4);
  });

  it.each([
    [{ locale: 'not a locale' }, 'locale'],
    [{ slug: 'Not A Slug' }, 'slug'],
    [{ title: '' }, 'title'],
    [{ body: 'x'.repeat(100_001) }, 'body'],
    [{ status: 'published' }, 'status'],
  ])('should be rejected with %j', async (fields, name) => {
    const rejection = getError(await client.post(KNOWLEDGE_PATH, { title: 'x', body: 'x', ...fields }));
    expect(rejection).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(Object.keys(rejection.details)).toEqual([name]);
  });
});

describe('article updates', () => {
  it('should save numbered versions', async () => {
    const { id } = await createArticle(client);
    const long = 'y'.repeat(3_000);
    await client.patch(`${KNOWLEDGE_PATH}/${id}`, { title: 'Reset a password', body: long });
    const { client: service } = await createApiKey(workspace, ['knowledge:write']);
    await service.post(`${KNOWLEDGE_PATH}/${id}/publish`);
    const { data, total } = (await client.get<ListResponse<Version>>(`${KNOWLEDGE_PATH}/${id}/versions`)).body;
    expect(total).toBe(3);
    expect(data.map(({ version, status, title, author }) => [version, status, title, author?.name ?? null])).toEqual([
      [3, 'published', 'Reset a password', null],
      [2, 'draft', 'Reset a password', 'Sarah Chen'],
      [1, 'draft', 'Reset your password', 'Sarah Chen'],
    ]);
    expect(getData(await client.get<ItemResponse<Version>>(`${KNOWLEDGE_PATH}/${id}/versions/1`)).body).toBe(
      'Open **Settings** and choose *Security*.',
    );
    for (const none of ['4', '0', 'x'])
      expect(getError(await client.get(`${KNOWLEDGE_PATH}/${id}/versions/${none}`))).toMatchObject({ status: 404 });
    expect(await changesOf(id)).toEqual([
      ['article.created', undefined],
      [
        'article.updated',
        {
          title: ['Reset your password', 'Reset a password'],
          body: ['Open **Settings** and choose *Security*.', `${'y'.repeat(2_000)}… (3000 characters in total)`],
        },
      ],
      ['article.published', { status: ['draft', 'published'] }],
    ]);
  });

  it('should change nothing and emit no event when all values are equal', async () => {
    const { id } = await createArticle(client);
    expect(
      getData(await client.patch<ItemResponse<Article>>(`${KNOWLEDGE_PATH}/${id}`, { title: 'Reset your password' }))
        .version,
    ).toBe(1);
    expect(await changesOf(id)).toHaveLength(1);
  });

  it('should return 412 with the current article when the version is outdated', async () => {
    const { id } = await createArticle(client);
    const first = await client.get(`${KNOWLEDGE_PATH}/${id}`);
    await client.patch(
      `${KNOWLEDGE_PATH}/${id}`,
      { title: 'Reset a password' },
      { 'if-match': first.headers.get('etag')! },
    );
    for (const late of [
      client.patch(`${KNOWLEDGE_PATH}/${id}`, { title: 'x' }, { 'if-match': '"1"' }),
      client.post(`${KNOWLEDGE_PATH}/${id}/publish`, undefined, { 'if-match': '"1"' }),
    ]) {
      expect(getError(await late)).toMatchObject({
        status: 412,
        details: { current: { id, title: 'Reset a password', version: 2, published_at: null } },
      });
    }
  });

  it('should publish and unpublish once when the request is repeated', async () => {
    const { id } = await createArticle(client);
    const published = getData(await client.post<ItemResponse<Article>>(`${KNOWLEDGE_PATH}/${id}/publish`));
    expect(published).toMatchObject({ status: 'published', version: 2, published_at: expect.any(String) });
    expect(getData(await client.post<ItemResponse<Article>>(`${KNOWLEDGE_PATH}/${id}/publish`))).toEqual(published);
    expect(getData(await client.post<ItemResponse<Article>>(`${KNOWLEDGE_PATH}/${id}/unpublish`))).toMatchObject({
      status: 'draft',
      version: 3,
      published_at: null,
    });
    await client.post(`${KNOWLEDGE_PATH}/${id}/unpublish`);
    expect((await changesOf(id)).map((change) => (change as [string])[0])).toEqual([
      'article.created',
      'article.published',
      'article.unpublished',
    ]);
  });

  it('should return 404 after the article is deleted', async () => {
    const { id } = await createArticle(client);
    expect((await client.delete(`${KNOWLEDGE_PATH}/${id}`)).status).toBe(204);
    for (const path of [
      `${KNOWLEDGE_PATH}/${id}`,
      `${KNOWLEDGE_PATH}/${id}/versions`,
      `${KNOWLEDGE_PATH}/${id}/versions/1`,
    ])
      expect(getError(await client.get(path))).toMatchObject({ status: 404 });
    expect(getError(await client.delete(`${KNOWLEDGE_PATH}/${id}`))).toMatchObject({ status: 404 });
    expect((await listEvents(client)).at(-1)).toMatchObject({
      type: 'article.deleted',
      data: { slug: 'reset-your-password' },
    });
  });
});

describe('GET /v1/knowledge-base', () => {
  beforeEach(async () => {
    await createArticle(client, { title: 'A', body: 'invoice', tags: ['billing'] });
    const { id } = await createArticle(client, { title: 'B', body: 'shipping', locale: 'de' });
    await createArticle(client, { title: 'C', body: 'a lost invoice' });
    await client.post(`${KNOWLEDGE_PATH}/${id}/publish`);
  });

  it('should list the last updated article first, without bodies', async () => {
    expect(await list({})).toEqual(['B', 'C', 'A']);
    expect(await list({ order_by: 'created_at', order_dir: 'asc' })).toEqual(['A', 'B', 'C']);
    expect(Object.keys((await client.get<ListResponse<object>>(KNOWLEDGE_PATH)).body.data[0]!)).not.toContain('body');
  });

  it.each([
    [{ status: 'published' }, ['B']],
    [{ status: 'draft' }, ['C', 'A']],
    [{ locale: 'DE' }, ['B']],
    [{ tag: 'billing,none' }, ['A']],
    [{ q: 'invo' }, ['C', 'A']],
    [{ q: 'lost invoice' }, ['C']],
    [{ q: 'b' }, ['B']],
    [{ q: '!!' }, []],
    [{ created_after: '2100-01-01T00:00:00Z' }, []],
    [{ updated_before: '2100-01-01T00:00:00Z' }, ['B', 'C', 'A']],
  ])('should filter by %j', async (query, titles) => {
    expect(await list(query as Record<string, string>)).toEqual(titles);
  });

  it('should support all three paging modes', async () => {
    const first = (await client.get<ListResponse<ArticleSummary>>(KNOWLEDGE_PATH, { limit: 2 })).body;
    expect([first.total, first.meta.has_more]).toEqual([3, true]);
    expect(await list({ limit: 2, cursor: first.meta.next_cursor! })).toEqual(['A']);
    expect(await list({ limit: 2, offset: 2 })).toEqual(['A']);
    expect(await list({ page: 2, per_page: 2 })).toEqual(['A']);
    expect(getError(await client.get(KNOWLEDGE_PATH, { q: 'invoice', cursor: first.meta.next_cursor! }))).toMatchObject(
      {
        status: 400,
      },
    );
  });

  it('should not list articles of another workspace', async () => {
    const outsider = (await registerWorkspace()).client;
    for (const path of [KNOWLEDGE_PATH, `${KNOWLEDGE_PATH}?q=invoice`])
      expect((await outsider.get<ListResponse<ArticleSummary>>(path)).body).toMatchObject({ data: [], total: 0 });
  });
});
