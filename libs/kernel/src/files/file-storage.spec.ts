import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import { FileStorage } from './file-storage.js';
import { LocalFileStorage } from './local-file-storage.js';
import { S3FileStorage } from './s3-file-storage.js';
import { startS3, type TestS3 } from './s3.test-server.js';

const TYPE = { contentType: 'text/plain' };

let folder: string;
let s3: TestS3;

beforeAll(async () => {
  Logger.overrideLogger(false);
  folder = await mkdtemp(join(tmpdir(), 'parley-files-'));
  s3 = await startS3(join(folder, 's3'));
});

afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

const DRIVERS: [string, () => FileStorage][] = [
  ['the local disk', () => new LocalFileStorage(join(folder, 'local'))],
  ['S3', () => new S3FileStorage(s3.settings)],
];

describe.each(DRIVERS)('file storage on %s', (_name, createStorage) => {
  let storage: FileStorage;
  let key: string;

  beforeEach(() => {
    storage = createStorage();
    key = randomUUID();
  });

  afterEach(() => {
    if (storage instanceof S3FileStorage) storage.onApplicationShutdown();
  });

  async function read(range?: { start: number; end: number }): Promise<Buffer> {
    return buffer(await storage.open(key, range));
  }

  it('should return what was stored from a buffer or a stream', async () => {
    const bytes = randomBytes(300_000);
    await storage.put(key, bytes, TYPE);
    expect((await read()).equals(bytes)).toBe(true);
    await storage.put(key, Readable.from([bytes.subarray(0, 7), bytes.subarray(7)], { objectMode: false }), TYPE);
    expect((await read()).equals(bytes)).toBe(true);
  });

  it('should return a range', async () => {
    await storage.put(key, Buffer.from('0123456789'), TYPE);
    expect(String(await read({ start: 2, end: 4 }))).toBe('234');
    expect(String(await read({ start: 9, end: 9 }))).toBe('9');
  });

  it('should store an empty file', async () => {
    await storage.put(key, Readable.from([]), TYPE);
    expect(await read()).toHaveLength(0);
  });

  it('should replace an object and keep the old one when the new one fails', async () => {
    await storage.put(key, Buffer.from('old'), TYPE);
    await storage.put(key, Buffer.from('new'), TYPE);
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('newer');
      throw new Error('the sender went away');
    }
    await expect(storage.put(key, Readable.from(failing()), TYPE)).rejects.toThrow('the sender went away');
    expect(String(await read())).toBe('new');
  });

  it('should reject a missing or deleted object', async () => {
    await expect(storage.open(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await storage.put(key, Buffer.from('x'), TYPE);
    await storage.delete(key);
    await storage.delete(key);
    await expect(storage.open(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    '../../etc/passwd',
    '..',
    'ab/../../../x-x-x-x',
    '/etc/passwd',
    'abcd/efgh',
    '.incoming',
    'abcd\0efgh',
    'ABCDEFGH',
    'short',
    'a'.repeat(201),
    '',
  ])('should reject %j as a key', async (wrong) => {
    await expect(storage.put(wrong, Buffer.from('x'), TYPE)).rejects.toThrow('is not a storage key');
    await expect(storage.open(wrong)).rejects.toThrow('is not a storage key');
    await expect(storage.delete(wrong)).rejects.toThrow('is not a storage key');
  });
});

describe('LocalFileStorage', () => {
  it('should store objects in folders by key prefix and leave no temporary file', async () => {
    const home = join(folder, 'sharded');
    const storage = new LocalFileStorage(home);
    await storage.put('abcdefgh', Buffer.from('x'));
    expect(await readdir(home, { recursive: true })).toEqual(
      expect.arrayContaining(['ab', join('ab', 'cd'), join('ab', 'cd', 'abcdefgh')]),
    );
    expect(await readdir(join(home, '.incoming'))).toEqual([]);
  });

  it('should delete temporary files of dead processes but not recent ones', async () => {
    const home = join(folder, 'forgotten');
    await mkdir(join(home, '.incoming'), { recursive: true });
    for (const name of ['old', 'fresh']) await writeFile(join(home, '.incoming', name), 'x');
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(home, '.incoming', 'old'), yesterday, yesterday);
    await new LocalFileStorage(home).onApplicationBootstrap();
    expect(await readdir(join(home, '.incoming'))).toEqual(['fresh']);
  });

  it('should be unavailable when the disk fails', async () => {
    const home = join(folder, 'refused');
    await writeFile(home, 'a file where the folder should be');
    const storage = new LocalFileStorage(home);
    await expect(storage.put('abcdefgh', Buffer.from('x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(storage.open('abcdefgh')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('S3FileStorage', () => {
  it('should be unavailable without its server, its bucket or valid credentials', async () => {
    const wrong = [{ endpoint: 'http://127.0.0.1:1' }, { bucket: 'no-such-bucket' }, { accessKeyId: 'WRONG' }];
    for (const change of wrong) {
      const storage = new S3FileStorage({ ...s3.settings, ...change });
      await expect(storage.put('abcdefgh', Buffer.from('x'), TYPE)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      storage.onApplicationShutdown();
    }
  });
});
