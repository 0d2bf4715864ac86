import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { byteRange } from './byte-range.js';
import { contentHeaders } from './content-headers.js';
import { FileStorage } from './file-storage.js';

/** File to serve. */
export interface DeliveredFile {
  /** Storage key. */
  readonly key: string;
  readonly name: string;
  /** Detected MIME type. */
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

const CACHE_SECONDS = 3_600;

/** Serves the content of files. */
@Injectable()
export class FileDeliveryService {
  constructor(private readonly storage: FileStorage) {}

  /**
   * Sends a file: all of it (200), the requested range (206), 416 for an invalid range, or 304 if the client has it.
   * The caller must check access first.
   * @throws DomainError NOT_FOUND if the content no longer exists; UNAVAILABLE if the storage cannot be reached.
   */
  async send(request: FastifyRequest, reply: FastifyReply, file: DeliveredFile): Promise<void> {
    const etag = `"${file.sha256}"`;
    reply
      .header('etag', etag)
      .header('cache-control', `private, max-age=${CACHE_SECONDS}`)
      .header('accept-ranges', 'bytes');
    if (matchesEtag(request.headers['if-none-match'], etag)) return void (await reply.status(304).send());
    const ifRange = request.headers['if-range'];
    const range = ifRange === undefined || ifRange === etag ? byteRange(request.headers.range, file.size) : null;
    if (range === 'unsatisfiable')
      return void (await reply.status(416).header('content-range', `bytes */${file.size}`).send());
    const length = range === null ? file.size : range.end - range.start + 1;
    const body =
      request.method === 'HEAD' || length === 0
        ? Readable.from([])
        : await this.storage.open(file.key, range ?? undefined);
    if (range !== null) reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
    await reply.headers({ ...contentHeaders(file.name, file.type), 'content-length': String(length) }).send(body);
  }
}

function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
