import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { HashingCounter, MAX_FILE_BYTES } from '../files/hashing-counter.js';
import { createTemporaryFolder } from '../files/temporary-folders.js';
import { findUnstorableValue } from './json-value.js';

const MAX_FILES = 15;

/** Metadata key of {@link MaxUploadBytes}. */
export const MAX_UPLOAD_BYTES = 'parley.max-upload-bytes';

/** Sets the maximum file size of an operation in bytes, which can exceed the general one. */
export function MaxUploadBytes(bytes: number): MethodDecorator {
  return SetMetadata(MAX_UPLOAD_BYTES, bytes);
}

/** A file of a multipart body, on the local disk until the request ends. */
export interface Upload {
  readonly field: string;
  readonly filename: string;
  /** Content type according to the sender. Not trustworthy. */
  readonly declaredType: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

const UPLOADS = Symbol('parley.uploads');

interface StoredUploads {
  readonly files: Upload[];
  /** Created with the first file. */
  folder: string | null;
}

type WithUploads = FastifyRequest & { [UPLOADS]?: StoredUploads };

/** The files of the multipart body of a request; empty for other bodies. */
export function uploadsOf(request: FastifyRequest): readonly Upload[] {
  return (request as WithUploads)[UPLOADS]?.files ?? [];
}

function uploadError(message: string): DomainError {
  return new DomainError('BAD_REQUEST', message, { body: [message] });
}

function connectionClosedError(): DomainError {
  return uploadError('The connection was closed before the body was read');
}

/**
 * Reads a multipart body: fields into `request.body`, files to the disk. `name[]` adds to a list, and `a[b]` to an
 * object, one level deep.
 */
export async function readMultipart(request: FastifyRequest, maxFileBytes = MAX_FILE_BYTES): Promise<void> {
  const uploads: StoredUploads = { files: [], folder: null };
  (request as WithUploads)[UPLOADS] = uploads;
  const { files } = uploads;
  const body: Record<string, unknown> = {};
  try {
    // The parts of a connection that is already closed never end.
    if (request.raw.destroyed) throw connectionClosedError();
    for await (const part of request.parts({
      limits: { fileSize: maxFileBytes, files: MAX_FILES, fields: 200, fieldSize: 1_000_000, parts: 215 },
    })) {
      if (part.type === 'file') files.push(await storePart(part, uploads, maxFileBytes));
      else assign(body, part.fieldname, part.value);
    }
  } catch (error) {
    throw request.raw.readableAborted ? connectionClosedError() : translateError(error, maxFileBytes);
  }
  const problem = findUnstorableValue(body) ?? findUnstorableValue(files.map((file) => file.filename));
  if (problem) throw uploadError(`${problem.path} ${problem.message}`);
  (request as { body: unknown }).body = body;
}

/** Deletes the files that {@link readMultipart} stored. */
export async function deleteUploads(request: FastifyRequest): Promise<void> {
  const folder = (request as WithUploads)[UPLOADS]?.folder;
  if (folder) await rm(folder, { recursive: true, force: true });
}

interface FilePart {
  readonly fieldname: string;
  readonly filename?: string;
  readonly mimetype: string;
  readonly file: NodeJS.ReadableStream & { truncated?: boolean };
}

async function storePart(part: FilePart, uploads: StoredUploads, maxFileBytes: number): Promise<Upload> {
  uploads.folder ??= await createTemporaryFolder('upload');
  const path = join(uploads.folder, String(uploads.files.length));
  const filename = part.filename ?? 'file';
  const counter = new HashingCounter(filename, maxFileBytes);
  await pipeline(part.file, (chunks) => counter.count(chunks), createWriteStream(path));
  if (part.file.truncated)
    throw new DomainError('PAYLOAD_TOO_LARGE', `${filename} is larger than the maximum of ${maxFileBytes} bytes`);
  return {
    field: part.fieldname,
    filename,
    declaredType: part.mimetype,
    path,
    size: counter.size,
    sha256: counter.sha256(),
  };
}

function assign(body: Record<string, unknown>, name: string, value: unknown): void {
  const list = /^([\w-]{1,64})\[\]$/.exec(name);
  const member = /^([\w-]{1,64})\[([\w-]{1,64})\]$/.exec(name);
  if (name.includes('__proto__') || name.includes('constructor')) throw uploadError(`${name} is not a known field`);
  if (list) {
    const existing = body[list[1]!];
    body[list[1]!] = Array.isArray(existing) ? [...(existing as unknown[]), value] : [value];
  } else if (member) {
    const existing = body[member[1]!];
    body[member[1]!] = { ...(typeof existing === 'object' ? existing : {}), [member[2]!]: value };
  } else body[name] = value;
}

function translateError(error: unknown, maxFileBytes: number): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (
    code === 'FST_REQ_FILE_TOO_LARGE' ||
    code === 'FST_FILES_LIMIT' ||
    code === 'FST_FIELDS_LIMIT' ||
    code === 'FST_PARTS_LIMIT'
  ) {
    return new DomainError(
      'PAYLOAD_TOO_LARGE',
      `The multipart body is too large: it can have at most ${MAX_FILES} files of ${maxFileBytes} bytes each`,
    );
  }
  if (error instanceof DomainError) return error;
  if (code?.startsWith('FST_') || /multipart|boundary|unexpected end|malformed|part header/i.test(message ?? ''))
    return uploadError('The multipart body is malformed');
  return error;
}
