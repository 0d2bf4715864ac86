import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let receiver: Promise<string> | null = null;

/** URL of a server in this process that accepts all requests with 200. */
export function getReceiverUrl(): Promise<string> {
  receiver ??= new Promise((resolve) => {
    const server = createServer((request, response) => request.resume().on('end', () => response.end()));
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    server.on('connection', (socket) => socket.unref()).unref();
  });
  return receiver;
}
