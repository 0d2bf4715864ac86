import { dataOf, type Client } from '../support/client.js';
import type { One, StoredFile } from '../support/wire.js';

/** Uploads a text file. */
export async function makeFile(
  client: Client,
  text = 'Invoice 4711: 12.50 EUR',
  name = 'invoice.txt',
): Promise<StoredFile> {
  const form = new FormData();
  form.set('file', new Blob([text], { type: 'text/plain' }), name);
  return dataOf(await client.post<One<StoredFile>>('/v1/files', form));
}
