import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';
import type { S3Settings } from '../config/settings.js';

/** Local S3 server for tests. */
export interface TestS3 {
  readonly settings: S3Settings;
  stop(): Promise<void>;
}

/** Starts a server that stores its objects in the folder. */
export async function startS3(directory: string): Promise<TestS3> {
  await mkdir(directory, { recursive: true });
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: 'parley' }],
  });
  await server.run();
  const { port } = (server.httpServer as Server).address() as AddressInfo;
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: 'parley',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    stop: () => server.close(),
  };
}
