import { getData, type Client } from '../support/client.js';
import type { Article, ItemResponse } from '../support/wire.js';

/** Creates a draft article. Omitted fields get default values. */
export async function createArticle(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Article> {
  return getData(
    await client.post<ItemResponse<Article>>('/v1/knowledge-base', {
      title: 'Reset your password',
      body: 'Open **Settings** and choose *Security*.',
      ...fields,
    }),
  );
}
