import { createArticle } from '../factories/article.js';
import { registerWorkspace, type Client } from '../support/client.js';

interface Hit {
  readonly id: string;
  readonly rank: number;
  readonly highlight: string;
  readonly status: string;
}

const KNOWLEDGE_PATH = '/v1/knowledge-base';

let client: Client;

beforeEach(async () => {
  client = (await registerWorkspace()).client;
});

async function search(q: string, by: Client = client): Promise<readonly Hit[]> {
  return (await by.get<{ data: { articles: Hit[] } }>('/v1/search', { q, type: 'article' })).body.data.articles;
}

describe('article search', () => {
  it('should find drafts and published articles, rank titles before bodies and mark the matches', async () => {
    const titled = await createArticle(client, { title: 'Refunds <fast>', body: 'Wait a day.' });
    const byBody = await createArticle(client, { title: 'Shipping', body: 'Where **refunds** & "the rest" end up' });
    await client.post(`${KNOWLEDGE_PATH}/${byBody.id}/publish`);
    const found = await search('refun');
    expect(found.map(({ id, status }) => [id, status])).toEqual([
      [titled.id, 'draft'],
      [byBody.id, 'published'],
    ]);
    expect(found[0]!.highlight).toContain('<mark>Refunds</mark> &#60;fast&#62;');
    expect(found[1]!.highlight).toContain('<mark>refunds</mark> &#38; &#34;the rest');
  });

  it('should find text between angle brackets', async () => {
    const { id } = await createArticle(client, { body: 'Put `<blink>` around it' });
    expect(await search('blink')).toMatchObject([
      { id, highlight: expect.stringContaining('&#60;<mark>blink</mark>&#62;') },
    ]);
  });

  it('should find the current text and not previous versions', async () => {
    const { id } = await createArticle(client, { body: 'ancient words' });
    await client.patch(`${KNOWLEDGE_PATH}/${id}`, { body: 'modern words' });
    expect(await search('ancient')).toEqual([]);
    expect(await search('modern')).toMatchObject([{ id }]);
  });

  it('should not find articles of another workspace', async () => {
    await createArticle(client, { body: 'xylophone' });
    expect(await search('xylophone')).toHaveLength(1);
    expect(await search('xylophone', (await registerWorkspace()).client)).toEqual([]);
  });
});
