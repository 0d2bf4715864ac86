import { dataOf, type Client } from '../support/client.js';
import type { Article, One } from '../support/wire.js';

/** Writes a draft; what is not said is made up. */
export async function makeArticle(client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<Article> {
  return dataOf(
    await client.post<One<Article>>('/v1/knowledge-base', {
      title: 'Reset your password',
      body: 'Open **Settings** and choose *Security*.',
      ...fields,
    }),
  );
}
