import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { FileIngestService, type IngestedFile } from '@parley/kernel/files';
import { ExportContentBuilder } from './export-content-builder.service.js';
import { FILE_RETENTION_SECONDS } from './contact-exports.service.js';
import type { ExportView } from './export.view.js';
import { ExportsRepository } from './exports.repository.js';

const CONTENT_TYPES = { csv: 'text/csv', jsonl: 'application/x-ndjson', json: 'application/json' } as const;
/** Maximum size of a file, in bytes. */
const MAX_FILE_BYTES = 50 * 1024 ** 3;
const PROGRESS_INTERVAL = 1_000;

/** Streams exports from the database to the file storage. */
@Injectable()
export class ExportRunner {
  constructor(
    private readonly exports: ExportsRepository,
    private readonly content: ExportContentBuilder,
    private readonly files: FileIngestService,
    private readonly clock: Clock,
  ) {}

  /** Writes the file from the beginning. Does nothing if the export has ended. */
  async run(workspaceId: string, id: string): Promise<void> {
    const found = await this.exports.find(workspaceId, id);
    const started =
      found &&
      (await this.exports.start(workspaceId, id, await this.content.countTotal(workspaceId, found), this.now()));
    if (!started) return;
    let written = 0;
    const reportProgress = async (added: number): Promise<void> => {
      written += added;
      if (added > 1 || written % PROGRESS_INTERVAL === 0) await this.exports.advance(workspaceId, id, written);
    };
    const file = await this.store(started, this.content.build(workspaceId, started, reportProgress));
    const expiresAt = new Date(this.clock.now().getTime() + FILE_RETENTION_SECONDS * 1000).toISOString();
    const { key, name, type, size, sha256 } = file;
    if (
      !(await this.exports.complete(workspaceId, id, { key, name, type, size, sha256 }, written, this.now(), expiresAt))
    )
      await this.files.discard([key]);
  }

  /** Marks an export as failed. */
  async fail(workspaceId: string, id: string): Promise<void> {
    await this.exports.fail(workspaceId, id, 'The file could not be written', this.now());
  }

  private store({ kind, options, createdAt }: ExportView, text: AsyncIterable<string>): Promise<IngestedFile> {
    const name = `${kind === 'person' ? 'contact' : 'contacts'}-${createdAt.slice(0, 10)}.${options.format}`;
    return this.files.storeFile(Readable.from(toBuffers(text)), {
      name,
      type: CONTENT_TYPES[options.format],
      limit: MAX_FILE_BYTES,
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

async function* toBuffers(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const chunk of text) yield Buffer.from(chunk);
}
