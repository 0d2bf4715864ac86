import { Injectable } from '@nestjs/common';
import { Clock, notFoundError, runAs } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { FileIngestService } from '@parley/kernel/files';
import { ContactImportCompleted, ContactImportFailed } from '../identity.events.js';
import { ImportDryRunService } from './import-dry-run.service.js';
import type { ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

/** Ends imports and emits their events. */
@Injectable()
export class ImportFinalizer {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly dryRun: ImportDryRunService,
    private readonly files: FileIngestService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends a running import. Does nothing if the import was canceled meanwhile.
   * @param error reason why the import failed; null if the whole file was read.
   */
  finish(workspaceId: string, { id }: ImportView, error: string | null): Promise<void> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (state?.status !== 'running') return;
      await this.finalize(workspaceId, state, error === null ? 'completed' : 'failed', error);
      runAs(state.actor, () => this.emitFinished(state, error));
    });
  }

  /** Cancels an import; imported rows remain. Does nothing if the import has ended. @throws DomainError NOT_FOUND */
  cancel(workspaceId: string, id: string): Promise<ImportView> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (!state) throw notFoundError('Import');
      if (state.endedAt !== null) return state;
      await this.finalize(workspaceId, state, 'canceled', null);
      return (await this.imports.find(workspaceId, id))!;
    });
  }

  private async finalize(
    workspaceId: string,
    { id, fileKey, options }: ImportView,
    status: 'completed' | 'failed' | 'canceled',
    error: string | null,
  ): Promise<void> {
    await this.imports.finish(workspaceId, id, status, error, this.clock.now().toISOString());
    if (options.dryRun) await this.dryRun.discard(workspaceId, id);
    this.unitOfWork.afterCommit(() => this.files.discard([fileKey]));
  }

  private emitFinished(
    { id, fileName, rowsRead: rows, created, updated, unchanged, skipped, failed }: ImportView,
    error: string | null,
  ): void {
    const file = { file_name: fileName };
    const counts = { rows, created, updated, unchanged, skipped, failed };
    if (error !== null) this.events.append(new ContactImportFailed(id, { ...file, error }));
    else this.events.append(new ContactImportCompleted(id, { ...file, ...counts }));
  }
}
