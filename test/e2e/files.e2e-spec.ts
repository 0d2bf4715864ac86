import { randomUUID } from 'node:crypto';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { Client, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import type { ListResponse, ItemResponse, StoredFile } from '../support/wire.js';

const TEXT = 'Invoice 4711: 12.50 EUR';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

/** Follows a link as a browser does: without a credential. */
function follow(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(url, serverUrl()), { headers });
}

function tampered(url: string, change: (query: URLSearchParams) => void): string {
  const changed = new URL(url, serverUrl());
  change(changed.searchParams);
  return changed.href;
}

describe('POST /v1/files', () => {
  it('should store a file with the MIME type of its content', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const form = new FormData();
    form.set('file', new Blob([png], { type: 'text/html' }), '../evil/<picture>.html');
    form.set('folder', 'pictures');
    const file = getData(await workspace.client.post<ItemResponse<StoredFile & { width: number }>>('/v1/files', form));
    expect(file).toMatchObject({ mime_type: 'image/png', size: png.length, width: 1, folder: { name: 'pictures' } });
    expect(file.name).not.toMatch(/[/\\]/);
  });

  it('should return 400 when there is no file, more than one, or an unknown field', async () => {
    const form = (fields: Record<string, string | Blob>): FormData =>
      Object.entries(fields).reduce(
        (created, [name, value]) => (created.append(name, value as Blob), created),
        new FormData(),
      );
    const blob = new Blob(['x']);
    for (const body of [
      form({ folder: 'a' }),
      form({ file: blob, other: blob }),
      form({ file: blob, zz_unknown: 'x' }),
    ]) {
      expect(getError(await workspace.client.post('/v1/files', body)).status).toBe(400);
    }
    expect(getError(await workspace.client.post('/v1/files', { folder: 'x' })).status).toBe(400);
  });
});

describe('GET /v1/files/{id}/content', () => {
  it('should return the content without a credential when the link is valid', async () => {
    const { url } = await createFile(workspace.client, TEXT);
    const response = await follow(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(TEXT);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('should return the requested range, or 416 when the range is not satisfiable', async () => {
    const { url } = await createFile(workspace.client, TEXT);
    const part = await follow(url, { range: 'bytes=8-11' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 8-11/${TEXT.length}`,
      '4711',
    ]);
    const last = await follow(url, { range: 'bytes=-3' });
    expect([last.status, await last.text()]).toEqual([206, 'EUR']);
    const none = await follow(url, { range: 'bytes=1000-' });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${TEXT.length}`]);
  });

  it('should return 304 when the ETag matches', async () => {
    const { url } = await createFile(workspace.client, TEXT);
    const etag = (await follow(url)).headers.get('etag')!;
    expect((await follow(url, { 'if-none-match': etag })).status).toBe(304);
  });

  it('should return 403 when any part of the link was changed', async () => {
    const [file, another] = [await createFile(workspace.client), await createFile(workspace.client)];
    const links = [
      tampered(file.url, (query) =>
        query.set(
          'signature',
          query.get('signature')!.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
        ),
      ),
      tampered(file.url, (query) => query.set('expires', String(Number(query.get('expires')) + 3600))),
      tampered(file.url, (query) => query.set('name', 'other.txt')),
      file.url.replace(file.id, another.id),
    ];
    for (const link of links) {
      const response = await follow(link);
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
        403,
        'FORBIDDEN',
      ]);
    }
  });

  it('should return 404 when the file is deleted', async () => {
    const { id, url } = await createFile(workspace.client);
    expect((await workspace.client.delete(`/v1/files/${id}`)).status).toBe(204);
    expect((await follow(url)).status).toBe(404);
    expect(getError(await workspace.client.get(`/v1/files/${id}`)).status).toBe(404);
  });
});

it('should keep the content of a file when another file with the same content is deleted', async () => {
  const [item, secondItem] = [
    await createFile(workspace.client, 'the same'),
    await createFile(workspace.client, 'the same'),
  ];
  await workspace.client.delete(`/v1/files/${item.id}`);
  expect(await (await follow(secondItem.url)).text()).toBe('the same');
});

it('should return 409 when a file is deleted while it is attached to a message', async () => {
  const file = await createFile(workspace.client);
  const { id } = await createMessage(workspace.client, (await createConversation(workspace.client)).id, {
    attachment_ids: [file.id],
  });
  expect(getError(await workspace.client.delete(`/v1/files/${file.id}`))).toMatchObject({
    status: 409,
    details: { id: file.id },
  });
  expect((await workspace.client.get(`/v1/files/${file.id}`)).status).toBe(200);
  await workspace.client.delete(`/v1/messages/${id}`);
  expect((await workspace.client.delete(`/v1/files/${file.id}`)).status).toBe(204);
});

it('should return 404 when the file belongs to another workspace', async () => {
  const { id, url } = await createFile(workspace.client);
  const { client } = await registerWorkspace();
  expect(getError(await client.get(`/v1/files/${id}`)).status).toBe(404);
  expect(getError(await client.delete(`/v1/files/${id}`)).status).toBe(404);
  expect(getError(await new Client().get(`/v1/files/${id}`)).status).toBe(401);
  expect((await follow(url)).status).toBe(200);
});

interface Folder {
  readonly id: string;
  readonly name: string;
  readonly files_count: number;
  readonly version: number;
}

describe('folders', () => {
  async function createFolder(name = `contracts ${randomUUID()}`): Promise<Folder> {
    return getData(await workspace.client.post<ItemResponse<Folder>>('/v1/file-folders', { name }));
  }

  async function names(query: Record<string, string>): Promise<string[]> {
    return (await workspace.client.get<ListResponse<StoredFile>>('/v1/files', query)).body.data.map(({ name }) => name);
  }

  it('should move files between folders and not delete a folder that contains files', async () => {
    const [item, secondItem] = [await createFolder(), await createFolder()];
    const file = await createFile(workspace.client);
    const move = async (folder_id: string | null) =>
      getData(
        await workspace.client.patch<ItemResponse<StoredFile & { folder: Folder | null }>>(`/v1/files/${file.id}`, {
          folder_id,
        }),
      );
    expect((await move(item.id)).folder).toEqual({ id: item.id, name: item.name });
    expect(getData(await workspace.client.get<ItemResponse<Folder>>(`/v1/file-folders/${item.id}`)).files_count).toBe(
      1,
    );
    expect((await move(secondItem.id)).folder).toMatchObject({ id: secondItem.id });
    expect(getError(await workspace.client.delete(`/v1/file-folders/${secondItem.id}`))).toMatchObject({
      status: 409,
      details: { files_count: 1 },
    });
    expect((await move(null)).folder).toBeNull();
    for (const { id } of [item, secondItem])
      expect((await workspace.client.delete(`/v1/file-folders/${id}`)).status).toBe(204);
  });

  it('should delete a folder when its files are deleted', async () => {
    const folder = await createFolder();
    const file = await createFile(workspace.client);
    await workspace.client.patch(`/v1/files/${file.id}`, { folder_id: folder.id });
    await workspace.client.delete(`/v1/files/${file.id}`);
    expect((await workspace.client.delete(`/v1/file-folders/${folder.id}`)).status).toBe(204);
  });

  it('should create a folder with the first upload and compare names case-insensitively', async () => {
    const name = `Invoices ${randomUUID()}`;
    const upload = async (folder: string) => {
      const form = new FormData();
      form.set('file', new Blob(['text']), 'a.txt');
      form.set('folder', folder);
      return getData(await workspace.client.post<ItemResponse<{ folder: Folder }>>('/v1/files', form)).folder;
    };
    const folders = await Promise.all([upload(name), upload(name.toUpperCase()), upload(name.toLowerCase())]);
    expect(new Set(folders.map(({ id }) => id)).size).toBe(1);
    expect((await workspace.client.get<ListResponse<Folder>>('/v1/file-folders', { q: name })).body.data).toMatchObject(
      [{ id: folders[0]!.id, files_count: 3 }],
    );
  });

  it('should return 409 when another folder has the same name', async () => {
    const [item, secondItem] = [await createFolder(), await createFolder()];
    expect(getError(await workspace.client.post('/v1/file-folders', { name: item.name.toUpperCase() }))).toMatchObject({
      status: 409,
    });
    expect(
      getError(await workspace.client.patch(`/v1/file-folders/${secondItem.id}`, { name: item.name })),
    ).toMatchObject({
      status: 409,
    });
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Folder>>(`/v1/file-folders/${secondItem.id}`, {
          name: secondItem.name.toUpperCase(),
        }),
      ),
    ).toMatchObject({ name: secondItem.name.toUpperCase(), version: 2 });
  });

  it('should filter files by folder, name and type', async () => {
    const unique = await registerWorkspace();
    const folder = getData(await unique.client.post<ItemResponse<Folder>>('/v1/file-folders', { name: 'contracts' }));
    const [nestedFile] = [
      await createFile(unique.client, 'a', 'contract.txt'),
      await createFile(unique.client, 'b', 'notes.txt'),
      await createFile(unique.client, '{"a":1}', 'data.json'),
    ];
    await unique.client.patch(`/v1/files/${nestedFile.id}`, { folder_id: folder.id, name: 'contract 2026.txt' });
    const found = async (query: Record<string, string>) =>
      (await unique.client.get<ListResponse<StoredFile>>('/v1/files', query)).body.data.map(({ name }) => name);
    expect(await found({})).toEqual(['data.json', 'notes.txt', 'contract 2026.txt']);
    expect(await found({ folder: folder.id })).toEqual(['contract 2026.txt']);
    expect(await found({ folder: 'none', mime_type: 'text' })).toEqual(['notes.txt']);
    expect(await found({ q: 'CONTRACT' })).toEqual(['contract 2026.txt']);
    expect(getError(await unique.client.get('/v1/files', { folder: 'contracts' }))).toMatchObject({
      status: 400,
      details: { folder: [expect.any(String)] },
    });
  });

  it('should reject files and folders of another workspace', async () => {
    const other = await registerWorkspace();
    const folder = await createFolder();
    const [own, foreign] = [await createFile(workspace.client), await createFile(other.client)];
    expect(getError(await other.client.patch(`/v1/files/${foreign.id}`, { folder_id: folder.id }))).toMatchObject({
      status: 422,
    });
    expect(getError(await other.client.patch(`/v1/files/${own.id}`, { name: 'theirs.txt' }))).toMatchObject({
      status: 404,
    });
    expect(getError(await other.client.get(`/v1/file-folders/${folder.id}`))).toMatchObject({ status: 404 });
    expect((await other.client.get<ListResponse<StoredFile>>('/v1/files')).body.data.map(({ id }) => id)).toEqual([
      foreign.id,
    ]);
    expect(await names({ folder: folder.id })).toEqual([]);
  });
});
