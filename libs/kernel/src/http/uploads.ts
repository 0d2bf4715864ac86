import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { ByteTally, LARGEST_FILE } from '../files/byte-tally.js';
import { uncleanPart } from './json-value.js';

const MOST_FILES = 15;

/** Metadata key of {@link LargestUpload}. */
export const LARGEST_UPLOAD = 'parley.largest-upload';

/** Lets an operation take larger files than others do, in bytes. */
export function LargestUpload(bytes: number): MethodDecorator {
  return SetMetadata(LARGEST_UPLOAD, bytes);
}

/** A file of a multipart body, on the local disk until the request ends. */
export interface Upload {
  readonly field: string;
  readonly filename: string;
  /** What the sender says it is; not to be trusted. */
  readonly declaredType: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

const UPLOADS = Symbol('parley.uploads');

type WithUploads = FastifyRequest & { [UPLOADS]?: { files: Upload[]; folder: string } };

/** The files of the request's multipart body; none for any other body. */
export function uploadsOf(request: FastifyRequest): readonly Upload[] {
  return (request as WithUploads)[UPLOADS]?.files ?? [];
}

function badUpload(message: string): DomainError {
  return new DomainError('BAD_REQUEST', message, { body: [message] });
}

/**
 * Reads a multipart body: fields go to `request.body`, files to the disk. `name[]` gathers into a list, and `a[b]`
 * into an object one level deep.
 */
export async function readMultipart(request: FastifyRequest, largest = LARGEST_FILE): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-upload-'));
  const files: Upload[] = [];
  (request as WithUploads)[UPLOADS] = { files, folder };
  const body: Record<string, unknown> = {};
  try {
    for await (const part of request.parts({
      limits: { fileSize: largest, files: MOST_FILES, fields: 200, fieldSize: 1_000_000, parts: 215 },
    })) {
      if (part.type === 'file') files.push(await receive(part, folder, files.length, largest));
      else assign(body, part.fieldname, part.value);
    }
  } catch (error) {
    throw translate(error, largest);
  }
  const unclean = uncleanPart(body) ?? uncleanPart(files.map((file) => file.filename));
  if (unclean) throw badUpload(`${unclean.path} ${unclean.message}`);
  (request as { body: unknown }).body = body;
}

/** Removes what {@link readMultipart} left on the disk. */
export async function dropUploads(request: FastifyRequest): Promise<void> {
  const folder = (request as WithUploads)[UPLOADS]?.folder;
  if (folder) await rm(folder, { recursive: true, force: true });
}

interface FilePart {
  readonly fieldname: string;
  readonly filename?: string;
  readonly mimetype: string;
  readonly file: NodeJS.ReadableStream & { truncated?: boolean };
}

async function receive(part: FilePart, folder: string, index: number, largest: number): Promise<Upload> {
  const path = join(folder, String(index));
  const filename = part.filename ?? 'file';
  const tally = new ByteTally(filename, largest);
  await pipeline(part.file, (chunks) => tally.over(chunks), createWriteStream(path));
  if (part.file.truncated) throw new DomainError('PAYLOAD_TOO_LARGE', `${filename} is larger than ${largest} bytes`);
  return {
    field: part.fieldname,
    filename,
    declaredType: part.mimetype,
    path,
    size: tally.size,
    sha256: tally.sha256(),
  };
}

function assign(body: Record<string, unknown>, name: string, value: unknown): void {
  const list = /^([\w-]{1,64})\[\]$/.exec(name);
  const member = /^([\w-]{1,64})\[([\w-]{1,64})\]$/.exec(name);
  if (name.includes('__proto__') || name.includes('constructor')) throw badUpload(`${name} is not a known field`);
  if (list) {
    const known = body[list[1]!];
    body[list[1]!] = Array.isArray(known) ? [...(known as unknown[]), value] : [value];
  } else if (member) {
    const known = body[member[1]!];
    body[member[1]!] = { ...(typeof known === 'object' ? known : {}), [member[2]!]: value };
  } else body[name] = value;
}

function translate(error: unknown, largest: number): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (
    code === 'FST_REQ_FILE_TOO_LARGE' ||
    code === 'FST_FILES_LIMIT' ||
    code === 'FST_FIELDS_LIMIT' ||
    code === 'FST_PARTS_LIMIT'
  ) {
    return new DomainError(
      'PAYLOAD_TOO_LARGE',
      `The multipart body is too large: at most ${MOST_FILES} files of ${largest} bytes`,
    );
  }
  if (error instanceof DomainError) return error;
  if (code?.startsWith('FST_') || /multipart|boundary|unexpected end|malformed|part header/i.test(message ?? ''))
    return badUpload('The multipart body is malformed');
  return error;
}
