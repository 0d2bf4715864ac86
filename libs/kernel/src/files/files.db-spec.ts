import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Controller, Get, Global, Module, Param, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiConsumes } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { RequireAccess } from '../auth/access.js';
import { hashApiKey } from '../auth/credential-cache.service.js';
import { Credentials } from '../auth/credentials.js';
import { readSettings } from '../config/settings.js';
import type { Principal } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { unprocessableError } from '../errors/domain-error.js';
import { httpAdapter, installHttp } from '../http/http-server.js';
import { uploadsOf } from '../http/uploads.js';
import { newId } from '../ids/ids.js';
import { KernelModule } from '../kernel.module.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { MAX_FILE_BYTES } from './hashing-counter.js';
import { FileDeliveryService, type DeliveredFile } from './file-delivery.service.js';
import { FileIngestService, type IngestedFile } from './file-ingest.service.js';
import { FileStorage } from './file-storage.js';
import { FileUrlSigner } from './file-url-signer.service.js';
import { startS3, type TestS3 } from './s3.test-server.js';

const KEY = 'sk_test_0123456789abcdef';
const PRINCIPAL: Principal = {
  workspaceId: newId(),
  credentialId: newId(),
  userId: null,
  role: 'admin',
  scopes: new Set(['*']),
  plan: 'unlimited',
  actor: { kind: 'api_key', id: newId() },
};

class SingleCredential extends Credentials {
  async findByKeyHash(hash: string): Promise<Principal | null> {
    return hash === hashApiKey(KEY) ? PRINCIPAL : null;
  }

  async findBySession(): Promise<null> {
    return null;
  }

  recordUse(): void {}
}

@Global()
@Module({ providers: [{ provide: Credentials, useClass: SingleCredential }], exports: [Credentials] })
class TestCredentialsModule {}

@Controller('v1/files')
class TestFilesController {
  readonly files = new Map<string, DeliveredFile>();

  constructor(
    private readonly ingest: FileIngestService,
    private readonly delivery: FileDeliveryService,
    private readonly urls: FileUrlSigner,
  ) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @RequireAccess('signed-in')
  async upload(@Req() request: FastifyRequest): Promise<unknown> {
    const data = await this.ingest.storeUploads(uploadsOf(request), async (files) => {
      if ((request.body as { reject?: string }).reject) throw unprocessableError('No such files here');
      for (const file of files) this.files.set(file.key, file);
      return files;
    });
    return { data: data.map((file) => ({ ...file, url: this.urls.createUrl(file.key) })) };
  }

  @Get(':id/content')
  @RequireAccess('public')
  async content(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.urls.verify(id, request.query as object);
    await this.delivery.send(request, reply, this.files.get(id)!);
  }
}

@Module({ controllers: [TestFilesController] })
class TestFiles {}

type UploadResponse = IngestedFile & { url: string };

let home: string;
let s3: TestS3;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-files-'));
  s3 = await startS3(join(home, 's3'));
});

afterAll(async () => {
  await s3.stop();
  await rm(home, { recursive: true, force: true });
});

describe.each([
  ['the local disk', false],
  ['S3', true],
])('files over HTTP on %s', (_name, onS3) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let base: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const logger = pino({ level: 'silent' });
    const environment = { PARLEY_HOME: home, PARLEY_WORK: '0', PORT: '0' };
    const settings = { ...readSettings(environment), s3: onS3 ? s3.settings : null };
    const kernel = KernelModule.forRoot({ settings, databaseUrl: database.url, logger });
    app = await NestFactory.create<NestFastifyApplication>(
      { module: class Root {}, imports: [TestCredentialsModule, kernel, TestFiles] },
      httpAdapter(logger),
      { logger: false },
    );
    await installHttp(app);
    await app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await app?.close();
    await database.drop();
  });

  async function stored(): Promise<string[]> {
    const folder = onS3 ? join(home, 's3', 'parley') : join(home, 'files');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile() && /[0-9a-f-]{36}/.test(entry.name))
      .map(({ name }) => name.slice(0, 36))
      .sort();
  }

  /** Waits for the temporary files that exist now. Later ones belong to other tests. */
  async function waitForCleanup(): Promise<void> {
    const drafts = async (): Promise<string[]> =>
      (await readdir(tmpdir())).filter((name) => /^parley-(upload|s3)-/.test(name));
    const present = await drafts();
    await eventually(async () => !(await drafts()).some((name) => present.includes(name)));
  }

  function post(form: FormData, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${base}/v1/files`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${KEY}`, ...headers },
    });
  }

  function formOf(...files: [bytes: Buffer | string, name: string, type: string][]): FormData {
    const form = new FormData();
    for (const [bytes, name, type] of files) form.append('attachments[]', new Blob([bytes as string], { type }), name);
    return form;
  }

  async function upload(...files: Parameters<typeof formOf>): Promise<UploadResponse[]> {
    const response = await post(formOf(...files));
    expect(response.status).toBe(201);
    return ((await response.json()) as { data: UploadResponse[] }).data;
  }

  it('should store files with their detected type, size and hash and serve them at a signed URL', async () => {
    const bytes = randomBytes(1_000_000);
    const [noiseBytes, page] = await upload(
      [bytes, 'a.png', 'image/png'],
      ['<script>alert(1)</script>', 'Größe.png', 'image/png'],
    );
    expect(noiseBytes).toMatchObject({
      type: 'application/octet-stream',
      size: 1_000_000,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      width: null,
    });
    expect(page).toMatchObject({ type: 'text/html', name: 'Größe.png' });
    const content = await fetch(base + noiseBytes!.url);
    expect(Buffer.from(await content.arrayBuffer()).equals(bytes)).toBe(true);
    const unsafe = await fetch(base + page!.url);
    expect(unsafe.headers.get('content-type')).toBe('application/octet-stream');
    expect(unsafe.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''Gr%C3%B6%C3%9Fe\.png$/);
    expect(unsafe.headers.get('x-content-type-options')).toBe('nosniff');
    await waitForCleanup();
  });

  it('should reject a missing signature and the signature of another file', async () => {
    const [first, second] = await upload(['1', '1.txt', ''], ['2', '2.txt', '']);
    expect((await fetch(`${base}/v1/files/${first!.key}/content`)).status).toBe(403);
    expect((await fetch(base + first!.url.replace(first!.key, second!.key))).status).toBe(403);
  });

  it('should serve ranges, 304 for a matching ETag and only headers for HEAD', async () => {
    const [file] = await upload(['0123456789', 'a.txt', 'text/plain']);
    const download = (headers: Record<string, string>, method = 'GET'): Promise<Response> =>
      fetch(base + file!.url, { headers, method });
    const part = await download({ range: 'bytes=2-4' });
    expect([
      part.status,
      part.headers.get('content-range'),
      part.headers.get('content-length'),
      await part.text(),
    ]).toEqual([206, 'bytes 2-4/10', '3', '234']);
    const beyond = await download({ range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const etag = part.headers.get('etag')!;
    expect((await download({ 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    expect((await download({ range: 'bytes=2-4', 'if-range': '"old"' })).status).toBe(200);
    const head = await download({}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });

  it('should delete the files when the request is rejected', async () => {
    const before = await stored();
    const form = formOf(['1', '1.txt', ''], ['2', '2.txt', '']);
    form.append('reject', 'yes');
    expect((await post(form)).status).toBe(422);
    expect((await post(form, { 'idempotency-key': newId() })).status).toBe(422);
    expect(await stored()).toEqual(before);
    await waitForCleanup();
  });

  it('should store the files of a repeated request once', async () => {
    const key = newId();
    const first = await post(formOf(['same', 'a.txt', '']), { 'idempotency-key': key });
    const before = await stored();
    const second = await post(formOf(['same', 'a.txt', '']), { 'idempotency-key': key });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await second.text()).toBe(await first.text());
    const other = await post(formOf(['other', 'a.txt', '']), { 'idempotency-key': key });
    expect(other.status).toBe(422);
    expect(await stored()).toEqual(before);
    await waitForCleanup();
  });

  it('should reject a file over the limit and store nothing', async () => {
    const before = await stored();
    const response = await post(formOf(['small', 'a.txt', ''], [Buffer.alloc(MAX_FILE_BYTES + 1), 'b.bin', '']));
    expect(response.status).toBe(413);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('PAYLOAD_TOO_LARGE');
    expect(await stored()).toEqual(before);
    await waitForCleanup();
  });

  it('should accept a file at the limit', async () => {
    const [file] = await upload([Buffer.alloc(MAX_FILE_BYTES), 'b.bin', '']);
    expect(file!.size).toBe(MAX_FILE_BYTES);
  });

  it('should store nothing when the client disconnects', async () => {
    const before = await stored();
    await new Promise<void>((resolve) => {
      const headers = {
        authorization: `Bearer ${KEY}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '1000000',
      };
      const sending = httpRequest(`${base}/v1/files`, { method: 'POST', headers });
      sending.on('error', () => resolve());
      sending.write('--x\r\ncontent-disposition: form-data; name="a"; filename="a.txt"\r\n\r\nbeginning', () =>
        setTimeout(() => sending.destroy(new Error('gone')), 50),
      );
    });
    await waitForCleanup();
    expect(await stored()).toEqual(before);
  });

  it('should store files from other sources with a limit of their own', async () => {
    const ingest = app.get(FileIngestService);
    const before = await stored();
    const pieces = Readable.from(['GIF89a', Buffer.from([5, 0, 4, 0, 0, 0, 0]), Buffer.alloc(20)]);
    const file = await ingest.storeFile(pieces, { name: 'x/../a.gif', type: '' });
    expect(file).toMatchObject({ name: 'a.gif', type: 'image/gif', width: 5, height: 4, size: 33 });
    await ingest.discard([file.key]);
    const tooLarge = ingest.storeFile(Readable.from([Buffer.alloc(600_000), Buffer.alloc(600_000)]), {
      name: 'a',
      type: '',
      limit: 1_000_000,
    });
    await expect(tooLarge).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    const failing = new Readable({ read: () => void failing.destroy(new Error('the line went dead')) });
    await expect(ingest.storeFile(failing, { name: 'a', type: '' })).rejects.toThrow('the line went dead');
    expect(await stored()).toEqual(before);
  });

  it('should delete a file only when its unit of work is rolled back', async () => {
    const [ingest, work, storage] = [app.get(FileIngestService), app.get(UnitOfWork), app.get(FileStorage)];
    let key = '';
    const receive = async (): Promise<void> => {
      ({ key } = await ingest.storeFile(Buffer.from('x'), { name: 'a', type: '' }));
    };
    await expect(
      work.run(async () => {
        await receive();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(storage.open(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await work.run(receive);
    (await storage.open(key)).destroy();
  });
});
