import { Injectable } from '@nestjs/common';
import { newId, unprocessableError, withSystemScope } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { SandboxesRepository } from './sandboxes.repository.js';

/** Sandboxes: workspaces of their own, in which test keys work (ADR 15). */
@Injectable()
export class SandboxesService {
  constructor(
    private readonly sandboxes: SandboxesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Creates the sandbox of a workspace if it is missing, and updates the copies of users in it. Commits independently of
   * the current transaction, which cannot write rows of another workspace.
   * @throws DomainError UNPROCESSABLE if the user, unless null, cannot be copied because another user of the workspace
   * has the same e-mail.
   */
  async prepare(workspaceId: string, userId: string | null): Promise<void> {
    await withSystemScope(() =>
      this.unitOfWork.runInNewTransaction(async () => {
        const sandboxId = (await this.sandboxes.lockId(workspaceId)) ?? (await this.add(workspaceId));
        const userIds = await this.sandboxes.listMissingCopies(workspaceId, sandboxId);
        await this.sandboxes.addCopies(
          sandboxId,
          userIds.map(() => newId()),
          userIds,
        );
        await this.sandboxes.updateCopies(workspaceId, sandboxId);
        if (userId !== null && (await this.sandboxes.findCopy(sandboxId, userId)) === null)
          throw unprocessableError('Another user of the workspace has the same e-mail: create a service key instead');
      }),
    );
  }

  private async add(workspaceId: string): Promise<string> {
    const id = newId();
    await this.sandboxes.add(workspaceId, id);
    return id;
  }
}
