import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

const CONNECTIONS = 8;

/** A POST request with a JSON body. */
export interface PostRequest {
  readonly path: string;
  readonly body: object;
}

/** Sends requests with keep-alive connections. */
export class ApiClient {
  private readonly pool: Pool;

  constructor(
    url: string,
    private readonly key: string,
  ) {
    this.pool = new Pool(url, { connections: 32, pipelining: 1 });
  }

  async post({ path, body }: PostRequest): Promise<void> {
    const response = await this.pool.request({
      method: 'POST',
      path,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`POST ${path}: ${response.statusCode} ${text}`);
  }

  /** Sends so many requests, as fast as a few connections do. */
  async postMany(count: number, request: (index: number) => PostRequest): Promise<void> {
    let next = 0;
    const send = async (): Promise<void> => {
      while (next < count) await this.post(request(next++));
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, send));
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

/** Receives webhooks and keeps the milliseconds from the time of the event to the arrival. */
export class WebhookReceiver {
  readonly delays: number[] = [];

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<WebhookReceiver> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { created_at: createdAt } = JSON.parse(body) as { created_at: string };
        receiver.delays.push(Date.now() - Date.parse(createdAt));
        response.end('ok');
      });
    });
    const receiver = new WebhookReceiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
