import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, FileIntake, type ReceivedFile } from '@parley/kernel';
import { ExportContent } from './export-content.service.js';
import { FILE_KEPT_SECONDS } from './contact-exports.service.js';
import type { ExportView } from './export.view.js';
import { ExportsRepository } from './exports.repository.js';

const TYPES = { csv: 'text/csv', jsonl: 'application/x-ndjson', json: 'application/json' } as const;
/** Bytes of the largest file that is written. */
const LARGEST = 50 * 1024 ** 3;
const NOTED_EVERY = 1_000;

/** Writes exports: from the database to the storage as it is read, never whole in memory. */
@Injectable()
export class ExportRun {
  constructor(
    private readonly exports: ExportsRepository,
    private readonly content: ExportContent,
    private readonly files: FileIntake,
    private readonly clock: Clock,
  ) {}

  /** Writes the file, from its beginning. Nothing happens to one that has ended. */
  async run(workspaceId: string, id: string): Promise<void> {
    const found = await this.exports.find(workspaceId, id);
    const begun =
      found && (await this.exports.start(workspaceId, id, await this.content.total(workspaceId, found), this.now()));
    if (!begun) return;
    let written = 0;
    const count = async (more: number): Promise<void> => {
      written += more;
      if (more > 1 || written % NOTED_EVERY === 0) await this.exports.advance(workspaceId, id, written);
    };
    const file = await this.store(begun, this.content.write(workspaceId, begun, count));
    const expiresAt = new Date(this.clock.now().getTime() + FILE_KEPT_SECONDS * 1000).toISOString();
    const { key, name, type, size, sha256 } = file;
    if (
      !(await this.exports.complete(workspaceId, id, { key, name, type, size, sha256 }, written, this.now(), expiresAt))
    )
      await this.files.discard([key]);
  }

  /** It cannot be written. */
  async fail(workspaceId: string, id: string): Promise<void> {
    await this.exports.fail(workspaceId, id, 'The file could not be written', this.now());
  }

  private store({ kind, options, createdAt }: ExportView, text: AsyncIterable<string>): Promise<ReceivedFile> {
    const name = `${kind === 'person' ? 'contact' : 'contacts'}-${createdAt.slice(0, 10)}.${options.format}`;
    return this.files.receiveFile(Readable.from(bytesOf(text)), { name, type: TYPES[options.format], limit: LARGEST });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece);
}
