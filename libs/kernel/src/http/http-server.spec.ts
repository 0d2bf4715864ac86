import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import fastify, { type FastifyInstance } from 'fastify';
import { sendError, toDomainError } from './error.filter.js';
import { rejectWhileClosing } from './http-server.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

describe('rejectWhileClosing', () => {
  let server: FastifyInstance;

  beforeEach(() => {
    server = fastify({ return503OnClosing: false, forceCloseConnections: false });
    rejectWhileClosing(server);
    server.setErrorHandler((error, request, reply) => sendError(request, reply, toDomainError(error)!));
  });

  it('should reject requests on open connections in the format of the API', async () => {
    let finish: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      server.get('/', () => {
        resolve();
        return new Promise((done) => (finish = () => done('first')));
      });
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.write(REQUEST);
    await started;
    const closed = server.close();
    // `preClose` runs in the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    finish();
    socket.write(REQUEST);
    await once(socket, 'close');
    await closed;
    const [first, second] = received.split('HTTP/1.1 ').slice(1);
    expect(first).toMatch(/^200 OK/);
    expect(second).toMatch(/^503 Service Unavailable/);
    expect(second).toMatch(/retry-after: 5/i);
    expect(JSON.parse(second!.slice(second!.indexOf('{')))).toMatchObject({
      error: { code: 'UNAVAILABLE', message: 'The server is shutting down' },
    });
  });
});
