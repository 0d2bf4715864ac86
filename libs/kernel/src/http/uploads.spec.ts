import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { deleteUploads, readMultipart, uploadsOf } from './uploads.js';

const BOUNDARY = 'boundary';
const HEAD = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\n`;
const CLOSED = 'The connection was closed before the body was read';

describe('readMultipart', () => {
  let server: FastifyInstance;
  let results: Promise<string>[];
  let paths: string[];
  let onReceived: (request: FastifyRequest) => Promise<unknown>;

  beforeEach(async () => {
    results = [];
    paths = [];
    onReceived = () => Promise.resolve();
    server = fastify();
    await server.register(multipart as never);
    server.post('/', async (request) => {
      const result = onReceived(request)
        .then(() => readMultipart(request))
        .then(
          () => {
            paths.push(...uploadsOf(request).map(({ path }) => path));
            return `read ${paths.length}`;
          },
          (error: Error) => error.message,
        )
        .finally(() => deleteUploads(request));
      results.push(result);
      return result;
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(() => server.close());

  /** Sends the start of a body that announces 1 MB, and closes the connection. */
  async function abortAfter(body: string): Promise<string> {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    const received = new Promise<void>((resolve) => {
      const before = onReceived;
      onReceived = (request) => {
        resolve();
        return before(request);
      };
    });
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=${BOUNDARY}\r\n` +
        `content-length: 1000000\r\n\r\n${body}`,
    );
    await received;
    socket.destroy();
    return results.at(-1)!;
  }

  it.each([
    ['before the first part', ''],
    ['within the headers of a part', HEAD.slice(0, 40)],
    ['within a file', `${HEAD}${'x'.repeat(100_000)}`],
    ['between two parts', `${HEAD}text\r\n${HEAD}`],
  ])('should reject when the connection is closed %s', async (_title, body) => {
    expect(await abortAfter(body)).toBe(CLOSED);
  });

  it('should reject when the connection was closed before the body is read', async () => {
    onReceived = ({ raw }) => new Promise((resolve) => raw.on('error', () => undefined).on('close', resolve));
    expect(await abortAfter(`${HEAD}text`)).toBe(CLOSED);
  });

  it('should delete the files when the request ends', async () => {
    const form = new FormData();
    form.append('file', new Blob(['text']), 'a.txt');
    const port = (server.server.address() as AddressInfo).port;
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: form });
    expect(await response.text()).toBe('read 1');
    expect(paths).toHaveLength(1);
    expect(existsSync(dirname(paths[0]!))).toBe(false);
  });
});
