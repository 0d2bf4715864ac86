import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A received request. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

type Reply = (response: ServerResponse, received: ReceivedWebhook) => void;

/** An endpoint for webhooks that records the requests and returns the configured responses, 200 by default. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  private replies: Reply[] = [];
  private defaultReply: Reply = (response) => void response.end('ok');

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<WebhookReceiver> {
    let receiver: WebhookReceiver | null = null;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        receiver!.handle(
          {
            path: request.url!,
            headers: request.headers as Record<string, string>,
            body: Buffer.concat(chunks).toString('utf8'),
            at: Date.now(),
          },
          response,
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    receiver = new WebhookReceiver(server);
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** Sets the responses of the next requests. Later requests get the response of `replyAlways`. */
  replyNext(...replies: (Reply | number)[]): void {
    this.replies.push(...replies.map(toReply));
  }

  replyAlways(reply: Reply | number): void {
    this.defaultReply = toReply(reply);
  }

  /** Received requests with events of this type, oldest first. */
  ofType(type: string): ReceivedWebhook[] {
    return this.received.filter(({ body }) => (JSON.parse(body) as { type: string }).type === type);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(received: ReceivedWebhook, response: ServerResponse): void {
    this.received.push(received);
    (this.replies.shift() ?? this.defaultReply)(response, received);
  }
}

function toReply(reply: Reply | number): Reply {
  return typeof reply === 'number' ? (response) => void response.writeHead(reply).end('rejected') : reply;
}
