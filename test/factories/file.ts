import { getData, type Client } from '../support/client.js';
import type { ItemResponse, StoredFile } from '../support/wire.js';

/** Uploads a text file. */
export async function createFile(
  client: Client,
  text = 'Invoice 4711: 12.50 EUR',
  name = 'invoice.txt',
): Promise<StoredFile> {
  const form = new FormData();
  form.set('file', new Blob([text], { type: 'text/plain' }), name);
  return getData(await client.post<ItemResponse<StoredFile>>('/v1/files', form));
}
