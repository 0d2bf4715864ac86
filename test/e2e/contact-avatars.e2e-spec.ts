import { createContact } from '../factories/contact.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, ItemResponse } from '../support/wire.js';

type ContactWithAvatar = Contact & { readonly avatar_url: string | null };

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

function buildForm(bytes: Buffer, field = 'file'): FormData {
  const created = new FormData();
  created.set(field, new Blob([new Uint8Array(bytes)], { type: 'text/plain' }), 'me.txt');
  return created;
}

async function upload(id: string, bytes: Buffer): Promise<ContactWithAvatar> {
  return getData(
    await workspace.client.put<ItemResponse<ContactWithAvatar>>(`/v1/contacts/${id}/avatar`, buildForm(bytes)),
  );
}

async function download(url: string): Promise<{ status: number; type: string | null; bytes: Buffer }> {
  const response = await fetch(new URL(url, serverUrl()));
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

it('should serve the avatar by a signed URL with the type of its content', async () => {
  const { id } = await createContact(workspace.client);
  const first = await upload(id, PNG);
  expect(await download(first.avatar_url!)).toEqual({ status: 200, type: 'image/png', bytes: PNG });
  const second = await upload(id, GIF);
  expect(second.avatar_url).not.toBe(first.avatar_url);
  expect((await download(second.avatar_url!)).bytes).toEqual(GIF);
  const emitted = (await listEvents(workspace.client)).filter(
    ({ type, subject_id }) => type === 'contact.updated' && subject_id === id,
  );
  expect(emitted.map(({ data }) => data.changed)).toEqual([
    { avatar: [null, expect.any(String)] },
    { avatar: [expect.any(String), expect.any(String)] },
  ]);
});

it('should be removed when it is deleted or replaced by a URL', async () => {
  const { id } = await createContact(workspace.client);
  const { avatar_url: link } = await upload(id, PNG);
  expect(
    getData(await workspace.client.patch<ItemResponse<ContactWithAvatar>>(`/v1/contacts/${id}`, { avatar_url: link }))
      .avatar_url,
  ).toBe(link);
  const url = 'https://example.com/john.png';
  expect(
    getData(await workspace.client.patch<ItemResponse<ContactWithAvatar>>(`/v1/contacts/${id}`, { avatar_url: url }))
      .avatar_url,
  ).toBe(url);
  expect((await download(link!)).status).toBe(404);
  await upload(id, GIF);
  expect((await workspace.client.delete(`/v1/contacts/${id}/avatar`)).status).toBe(204);
  expect(
    getData(await workspace.client.get<ItemResponse<ContactWithAvatar>>(`/v1/contacts/${id}`)).avatar_url,
  ).toBeNull();
  expect((await workspace.client.delete(`/v1/contacts/${id}/avatar`)).status).toBe(204);
});

it('should be rejected when the file is no image, too large or in another field', async () => {
  const { id } = await createContact(workspace.client);
  const put = (body: unknown) => workspace.client.put(`/v1/contacts/${id}/avatar`, body);
  expect(getError(await put(buildForm(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')))).status).toBe(415);
  expect(getError(await put(buildForm(Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)])))).status).toBe(413);
  expect(getError(await put(buildForm(PNG, 'picture'))).status).toBe(400);
  expect(getError(await put({ file: 'x' })).status).toBe(400);
});

it('should reject an invalid link', async () => {
  const { id } = await createContact(workspace.client);
  const { avatar_url: link } = await upload(id, PNG);
  const other = await createContact(workspace.client);
  expect((await download(link!.replace(id, other.id))).status).toBe(403);
  expect((await download(link!.replace(/expires=\d/, 'expires=2'))).status).toBe(403);
});

it('should not be set on a contact of another workspace', async () => {
  const { id } = await createContact((await registerWorkspace()).client);
  expect(getError(await workspace.client.put(`/v1/contacts/${id}/avatar`, buildForm(PNG))).status).toBe(404);
});
