import { Injectable } from '@nestjs/common';
import { Clock, Events, FileIntake, runAs, UnitOfWork } from '@parley/kernel';
import { ContactImportCompleted, ContactImportFailed } from '../identity.events.js';
import type { ImportView } from './import.view.js';
import { ImportsRepository } from './imports.repository.js';

/** Ends imports, and tells of it. */
@Injectable()
export class ImportEnds {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly files: FileIntake,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** The file was read to its end, or cannot be read on; nothing happens when somebody has canceled the import. */
  end(workspaceId: string, { id, actor, fileKey }: ImportView, error: string | null): Promise<void> {
    return this.unitOfWork.run(async () => {
      const state = await this.imports.lock(workspaceId, id);
      if (state?.status !== 'running') return;
      await this.imports.end(workspaceId, id, error === null ? 'completed' : 'failed', error, this.clock.now().toISOString());
      runAs(actor, () => this.tell(state, error));
      this.unitOfWork.afterCommit(() => this.files.discard([fileKey]));
    });
  }

  private tell({ id, rowsRead: rows, created, updated, unchanged, skipped, failed }: ImportView, error: string | null): void {
    if (error !== null) this.events.append(new ContactImportFailed(id, { error }));
    else this.events.append(new ContactImportCompleted(id, { rows, created, updated, unchanged, skipped, failed }));
  }
}
