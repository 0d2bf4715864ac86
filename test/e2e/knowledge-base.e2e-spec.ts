import { makeArticle } from '../factories/article.js';
import { apiKey, dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Article, ArticleSummary, Many, One } from '../support/wire.js';

interface Version {
  readonly version: number;
  readonly status: string;
  readonly title: string;
  readonly body: string;
  readonly author: { readonly id: string; readonly name: string } | null;
}

const AT = '/v1/knowledge-base';

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await register();
  client = workspace.client;
});

async function list(query: Record<string, string | number>): Promise<readonly string[]> {
  return (await client.get<Many<ArticleSummary>>(AT, query)).body.data.map(({ title }) => title);
}

async function changesOf(id: string): Promise<readonly unknown[]> {
  return (await eventsOf(client))
    .filter((event) => event.subject_id === id)
    .map(({ type, data }) => [type, data.changed]);
}

describe('an article', () => {
  it('should be a draft of its author in the language of the workspace', async () => {
    const article = await makeArticle(client, { tags: ['account', 'account'] });
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
    expect(dataOf(await client.get<One<Article>>(`${AT}/${article.id}`))).toEqual(article);
    expect((await eventsOf(client)).at(-1)).toMatchObject({
      type: 'article.created',
      subject_id: article.id,
      data: { slug: 'reset-your-password', author_id: workspace.userId },
    });
  });

  it("should be nobody's when a service writes it", async () => {
    const { client: service } = await apiKey(workspace, ['knowledge:write']);
    expect(await makeArticle(service)).toMatchObject({ author: null });
  });

  it('should not carry markup that does something', async () => {
    const { body_html } = await makeArticle(client, {
      body: '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>',
    });
    expect(body_html.match(/<[^>]*>/g)).toEqual(['<p>', '</p>']);
  });

  it('should get a slug of its own for each title and language', async () => {
    const made = [
      await makeArticle(client),
      await makeArticle(client),
      await makeArticle(client),
      await makeArticle(client, { locale: 'PT-br' }),
    ];
    expect(made.map(({ locale, slug }) => [locale, slug])).toEqual([
      ['en', 'reset-your-password'],
      ['en', 'reset-your-password-2'],
      ['en', 'reset-your-password-3'],
      ['pt-BR', 'reset-your-password'],
    ]);
    const refused = await client.post(AT, { title: 'x', body: 'x', slug: 'reset-your-password' });
    expect(refusalOf(refused)).toMatchObject({
      status: 409,
      code: 'CONFLICT',
      details: { slug: 'reset-your-password', locale: 'en' },
    });
    expect(refusalOf(await client.patch(`${AT}/${made[1]!.id}`, { slug: 'reset-your-password' }))).toMatchObject({
      status: 409,
    });
  });

  it('should get different slugs when many are written at once', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => makeArticle(client)));
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(4);
  });

  it.each([
    [{ locale: 'not a locale' }, 'locale'],
    [{ slug: 'Not A Slug' }, 'slug'],
    [{ title: '' }, 'title'],
    [{ body: 'x'.repeat(100_001) }, 'body'],
    [{ status: 'published' }, 'status'],
  ])('should be refused with %j', async (fields, name) => {
    const refusal = refusalOf(await client.post(AT, { title: 'x', body: 'x', ...fields }));
    expect(refusal).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(Object.keys(refusal.details)).toEqual([name]);
  });
});

describe('changing an article', () => {
  it('should keep what was before as numbered versions', async () => {
    const { id } = await makeArticle(client);
    const long = 'y'.repeat(3_000);
    await client.patch(`${AT}/${id}`, { title: 'Reset a password', body: long });
    const { client: service } = await apiKey(workspace, ['knowledge:write']);
    await service.post(`${AT}/${id}/publish`);
    const { data, total } = (await client.get<Many<Version>>(`${AT}/${id}/versions`)).body;
    expect(total).toBe(3);
    expect(data.map(({ version, status, title, author }) => [version, status, title, author?.name ?? null])).toEqual([
      [3, 'published', 'Reset a password', null],
      [2, 'draft', 'Reset a password', 'Sarah Chen'],
      [1, 'draft', 'Reset your password', 'Sarah Chen'],
    ]);
    expect(dataOf(await client.get<One<Version>>(`${AT}/${id}/versions/1`)).body).toBe(
      'Open **Settings** and choose *Security*.',
    );
    for (const none of ['4', '0', 'x'])
      expect(refusalOf(await client.get(`${AT}/${id}/versions/${none}`))).toMatchObject({ status: 404 });
    expect(await changesOf(id)).toEqual([
      ['article.created', undefined],
      [
        'article.updated',
        {
          title: ['Reset your password', 'Reset a password'],
          body: ['Open **Settings** and choose *Security*.', `${'y'.repeat(2_000)}… (3000 characters in all)`],
        },
      ],
      ['article.published', { status: ['draft', 'published'] }],
    ]);
  });

  it('should change and tell nothing when nothing is different', async () => {
    const { id } = await makeArticle(client);
    expect(dataOf(await client.patch<One<Article>>(`${AT}/${id}`, { title: 'Reset your password' })).version).toBe(1);
    expect(await changesOf(id)).toHaveLength(1);
  });

  it('should be refused to who has not seen the last change, with the article as it is', async () => {
    const { id } = await makeArticle(client);
    const first = await client.get(`${AT}/${id}`);
    await client.patch(`${AT}/${id}`, { title: 'Reset a password' }, { 'if-match': first.headers.get('etag')! });
    for (const late of [
      client.patch(`${AT}/${id}`, { title: 'x' }, { 'if-match': '"1"' }),
      client.post(`${AT}/${id}/publish`, undefined, { 'if-match': '"1"' }),
    ]) {
      expect(refusalOf(await late)).toMatchObject({
        status: 412,
        details: { current: { id, title: 'Reset a password', version: 2, published_at: null } },
      });
    }
  });

  it('should publish and take back once, however often it is asked to', async () => {
    const { id } = await makeArticle(client);
    const published = dataOf(await client.post<One<Article>>(`${AT}/${id}/publish`));
    expect(published).toMatchObject({ status: 'published', version: 2, published_at: expect.any(String) });
    expect(dataOf(await client.post<One<Article>>(`${AT}/${id}/publish`))).toEqual(published);
    expect(dataOf(await client.post<One<Article>>(`${AT}/${id}/unpublish`))).toMatchObject({
      status: 'draft',
      version: 3,
      published_at: null,
    });
    await client.post(`${AT}/${id}/unpublish`);
    expect((await changesOf(id)).map((change) => (change as [string])[0])).toEqual([
      'article.created',
      'article.published',
      'article.unpublished',
    ]);
  });

  it('should be over once it is deleted', async () => {
    const { id } = await makeArticle(client);
    expect((await client.delete(`${AT}/${id}`)).status).toBe(204);
    for (const path of [`${AT}/${id}`, `${AT}/${id}/versions`, `${AT}/${id}/versions/1`])
      expect(refusalOf(await client.get(path))).toMatchObject({ status: 404 });
    expect(refusalOf(await client.delete(`${AT}/${id}`))).toMatchObject({ status: 404 });
    expect((await eventsOf(client)).at(-1)).toMatchObject({
      type: 'article.deleted',
      data: { slug: 'reset-your-password' },
    });
  });
});

describe('the list of articles', () => {
  beforeEach(async () => {
    await makeArticle(client, { title: 'A', body: 'invoice', tags: ['billing'] });
    const { id } = await makeArticle(client, { title: 'B', body: 'shipping', locale: 'de' });
    await makeArticle(client, { title: 'C', body: 'a lost invoice' });
    await client.post(`${AT}/${id}/publish`);
  });

  it('should show what changed last first, without the bodies', async () => {
    expect(await list({})).toEqual(['B', 'C', 'A']);
    expect(await list({ order_by: 'created_at', order_dir: 'asc' })).toEqual(['A', 'B', 'C']);
    expect(Object.keys((await client.get<Many<object>>(AT)).body.data[0]!)).not.toContain('body');
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
  ])('should narrow to %j', async (query, titles) => {
    expect(await list(query as Record<string, string>)).toEqual(titles);
  });

  it('should page in three ways', async () => {
    const first = (await client.get<Many<ArticleSummary>>(AT, { limit: 2 })).body;
    expect([first.total, first.meta.has_more]).toEqual([3, true]);
    expect(await list({ limit: 2, cursor: first.meta.next_cursor! })).toEqual(['A']);
    expect(await list({ limit: 2, offset: 2 })).toEqual(['A']);
    expect(await list({ page: 2, per_page: 2 })).toEqual(['A']);
    expect(refusalOf(await client.get(AT, { q: 'invoice', cursor: first.meta.next_cursor! }))).toMatchObject({
      status: 400,
    });
  });

  it('should not show articles of another workspace', async () => {
    const stranger = (await register()).client;
    for (const path of [AT, `${AT}?q=invoice`])
      expect((await stranger.get<Many<ArticleSummary>>(path)).body).toMatchObject({ data: [], total: 0 });
  });
});
