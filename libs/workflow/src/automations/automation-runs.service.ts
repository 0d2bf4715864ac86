import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import { readVisiblePage, type Page, type PageRequest } from '@parley/kernel/pagination';
import { ConversationsService } from '@parley/messaging';
import type { AutomationRunView } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import { AutomationsRepository } from './automations.repository.js';

/** Runs of rules that the caller can see. */
@Injectable()
export class AutomationRunsService {
  constructor(
    private readonly automations: AutomationsRepository,
    private readonly runs: AutomationRunsRepository,
    private readonly conversations: ConversationsService,
  ) {}

  /**
   * Lists the runs of a rule without those for conversations that the caller cannot see.
   * @throws DomainError NOT_FOUND
   */
  async list(
    workspaceId: string,
    id: string,
    filter: { subjectId?: string; outcomes?: readonly string[] },
    request: PageRequest,
  ): Promise<Page<AutomationRunView>> {
    if (!(await this.automations.find(workspaceId, id))) throw notFoundError('Automation');
    const read = (next: PageRequest): Promise<Page<AutomationRunView>> => this.runs.list(workspaceId, id, filter, next);
    if (currentHiddenInboxIds().length === 0) return read(request);
    return readVisiblePage(request, read, (runs) => this.selectVisible(workspaceId, runs));
  }

  private async selectVisible(
    workspaceId: string,
    runs: readonly AutomationRunView[],
  ): Promise<readonly AutomationRunView[]> {
    if (runs.length === 0) return runs;
    const ids = runs.map(({ subject }) => subject.id);
    const hiddenIds = await this.conversations.listHiddenIds(workspaceId, ids, currentHiddenInboxIds());
    return runs.filter(({ subject }) => !hiddenIds.has(subject.id));
  }
}
