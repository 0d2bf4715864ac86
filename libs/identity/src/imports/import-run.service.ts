import { Injectable } from '@nestjs/common';
import { Clock, FileStorage, runAs, UnitOfWork } from '@parley/kernel';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { csvRecords, UnreadableCsv } from './csv-records.js';
import { ImportBatches } from './import-batches.service.js';
import { ImportEnds } from './import-ends.service.js';
import type { NumberedRecord } from './import-reading.service.js';
import type { ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

const BATCH = 1_000;

/** Carries imports out, from where they stand. */
@Injectable()
export class ImportRun {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly batches: ImportBatches,
    private readonly owners: ContactOwnersRepository,
    private readonly storage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly ends: ImportEnds,
    private readonly clock: Clock,
  ) {}

  /** Reads the file to its end, or until somebody cancels. Rows that were taken in before are passed over. */
  async run(workspaceId: string, id: string): Promise<void> {
    const begun = await this.start(workspaceId, id);
    if (!begun) return;
    try {
      if (await this.read(workspaceId, begun)) await this.ends.end(workspaceId, begun, null);
    } catch (error) {
      if (!(error instanceof UnreadableCsv)) throw error;
      await this.ends.end(workspaceId, begun, error.message);
    }
  }

  private start(workspaceId: string, id: string): Promise<ImportView | null> {
    return this.unitOfWork.run(async () => {
      const found = await this.imports.lock(workspaceId, id);
      if (!found || found.endedAt !== null) return null;
      await this.imports.start(workspaceId, id, this.clock.now().toISOString());
      return found;
    });
  }

  /** Whether the end of the file was reached. */
  private async read(workspaceId: string, begun: ImportView): Promise<boolean> {
    let batch: NumberedRecord[] = [];
    let read = 0;
    for await (const record of csvRecords(await this.storage.open(begun.fileKey), begun.options.delimiter)) {
      read += 1;
      if (read <= begun.rowsRead) continue;
      batch.push(record);
      if (batch.length < BATCH) continue;
      if (!(await this.take(workspaceId, begun.id, batch, read, record.bytes))) return false;
      batch = [];
      // Each time that the file has doubled what was there; by itself Postgres looks once a minute.
      if (isPowerOfTwo(read / BATCH)) await this.owners.refreshStatistics();
    }
    return batch.length === 0 || this.take(workspaceId, begun.id, batch, read, begun.fileSize);
  }

  /** Whether the import goes on. Rows and the place reached are written together, so that no row is taken twice. @param read how many rows there were up to the last of the batch. */
  private take(
    workspaceId: string,
    id: string,
    batch: readonly NumberedRecord[],
    read: number,
    bytesRead: number,
  ): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (state?.status !== 'running' || read - batch.length !== state.rowsRead) return false;
      const outcome = await runAs(state.actor, () => this.batches.take(workspaceId, state, batch));
      await this.imports.advance(workspaceId, id, { ...outcome, rows: batch.length, bytesRead });
      return true;
    });
  }
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
