import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Proxy between a process and Redis that counts the connections and can drop them. */
export class RedisProxy {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private port = 0;

  constructor(private readonly target: URL) {}

  /** URL of Redis through the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Number of open connections. */
  get connections(): number {
    return this.sockets.size / 2;
  }

  async open(): Promise<void> {
    this.server = createServer((inbound) => {
      const outbound = connect(Number(this.target.port || 6379), this.target.hostname);
      for (const socket of [inbound, outbound]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => [inbound, outbound].forEach((end) => this.end(end)));
      }
      inbound.pipe(outbound).pipe(inbound);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async disconnect(): Promise<void> {
    const closed = new Promise((resolve) => this.server!.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }

  private end(socket: Socket): void {
    socket.destroy();
    this.sockets.delete(socket);
  }
}
