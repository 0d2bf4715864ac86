import { Injectable } from '@nestjs/common';
import { Clock, runAs } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { FileStorage } from '@parley/kernel/files';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { parseCsvRecords, UnreadableCsvError } from '../csv/csv-records.js';
import { ImportBatchRunner } from './import-batch-runner.service.js';
import { ImportFinalizer } from './import-finalizer.service.js';
import type { NumberedRecord } from './import-row-parser.service.js';
import type { ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

const BATCH_SIZE = 1_000;

/** Runs imports from their current position. */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly batchRunner: ImportBatchRunner,
    private readonly owners: ContactOwnersRepository,
    private readonly storage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly finalizer: ImportFinalizer,
    private readonly clock: Clock,
  ) {}

  /** Reads the file to its end or until the import is canceled. Skips rows that were imported before. */
  async run(workspaceId: string, id: string): Promise<void> {
    const started = await this.start(workspaceId, id);
    if (!started) return;
    try {
      if (await this.readFile(workspaceId, started)) await this.finalizer.finish(workspaceId, started, null);
    } catch (error) {
      if (!(error instanceof UnreadableCsvError)) throw error;
      await this.finalizer.finish(workspaceId, started, error.message);
    }
  }

  /** Ends an import that cannot continue; imported rows remain. */
  async fail(workspaceId: string, id: string): Promise<void> {
    const found = await this.imports.find(workspaceId, id);
    if (found) await this.finalizer.finish(workspaceId, found, 'the import stopped because of an internal error');
  }

  private start(workspaceId: string, id: string): Promise<ImportView | null> {
    return this.unitOfWork.run(async () => {
      const found = await this.imports.lock(workspaceId, id);
      if (!found || found.endedAt !== null) return null;
      await this.imports.start(workspaceId, id, this.clock.now().toISOString());
      return found;
    });
  }

  /** Returns true if the end of the file was reached. */
  private async readFile(workspaceId: string, started: ImportView): Promise<boolean> {
    let batch: NumberedRecord[] = [];
    let read = 0;
    const { delimiter, encoding = 'utf-8', isValidUtf8 = true } = started.options;
    const source = await this.storage.open(started.fileKey);
    for await (const record of parseCsvRecords(source, { delimiter, encoding, isValidUtf8 })) {
      read += 1;
      if (read <= started.rowsRead) continue;
      batch.push(record);
      if (batch.length < BATCH_SIZE) continue;
      if (!(await this.runBatch(workspaceId, started.id, batch, read, record.bytes))) return false;
      batch = [];
      // Analyzes whenever the number of rows has doubled; autovacuum checks only once a minute.
      if (isPowerOfTwo(read / BATCH_SIZE)) await this.owners.refreshStatistics();
    }
    return batch.length === 0 || this.runBatch(workspaceId, started.id, batch, read, started.fileSize);
  }

  /**
   * Imports a batch and stores the new position in one transaction, so that no row is imported twice.
   * @param read number of rows up to the end of the batch.
   * @returns false if the import must stop.
   */
  private runBatch(
    workspaceId: string,
    id: string,
    batch: readonly NumberedRecord[],
    read: number,
    bytesRead: number,
  ): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (state?.status !== 'running' || read - batch.length !== state.rowsRead) return false;
      const outcome = await runAs(state.actor, () => this.batchRunner.run(workspaceId, state, batch));
      await this.imports.advance(workspaceId, id, { ...outcome, rows: batch.length, bytesRead });
      return true;
    });
  }
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
