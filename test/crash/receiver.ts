import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes webhooks and remembers what came; every tenth is refused the first time. */
export class Receiver {
  /** Bodies by `webhook-id`, one for each attempt. */
  readonly received = new Map<string, string[]>();
  private readonly server: Server;
  private count = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const id = String(request.headers['webhook-id']);
        const known = this.received.get(id);
        this.received.set(id, [...(known ?? []), Buffer.concat(chunks).toString('utf8')]);
        this.count += 1;
        response.writeHead(known === undefined && this.count % 10 === 0 ? 503 : 204).end();
      });
    });
  }

  static async listen(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
