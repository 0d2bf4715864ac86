import { Injectable } from '@nestjs/common';
import { Clock, Events, FileIntake, notFound, runAs, UnitOfWork } from '@parley/kernel';
import { ContactImportCompleted, ContactImportFailed } from '../identity.events.js';
import { ImportRehearsal } from './import-rehearsal.service.js';
import type { ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

/** Ends imports, and tells of it. */
@Injectable()
export class ImportEnds {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly rehearsal: ImportRehearsal,
    private readonly files: FileIntake,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** The file was read to its end, or cannot be read on; nothing happens when somebody has canceled the import. */
  end(workspaceId: string, { id }: ImportView, error: string | null): Promise<void> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (state?.status !== 'running') return;
      await this.close(workspaceId, state, error === null ? 'completed' : 'failed', error);
      runAs(state.actor, () => this.tell(state, error));
    });
  }

  /** Ends an import; what it has taken in so far stays. Nothing happens to one that has ended. @throws DomainError NOT_FOUND */
  cancel(workspaceId: string, id: string): Promise<ImportView> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (!state) throw notFound('Import');
      if (state.endedAt !== null) return state;
      await this.close(workspaceId, state, 'canceled', null);
      return (await this.imports.find(workspaceId, id))!;
    });
  }

  private async close(
    workspaceId: string,
    { id, fileKey, options }: ImportView,
    status: 'completed' | 'failed' | 'canceled',
    error: string | null,
  ): Promise<void> {
    await this.imports.end(workspaceId, id, status, error, this.clock.now().toISOString());
    if (options.dryRun) await this.rehearsal.forget(workspaceId, id);
    this.unitOfWork.afterCommit(() => this.files.discard([fileKey]));
  }

  private tell(
    { id, rowsRead: rows, created, updated, unchanged, skipped, failed }: ImportView,
    error: string | null,
  ): void {
    if (error !== null) this.events.append(new ContactImportFailed(id, { error }));
    else this.events.append(new ContactImportCompleted(id, { rows, created, updated, unchanged, skipped, failed }));
  }
}
