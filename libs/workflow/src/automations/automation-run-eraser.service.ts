import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactDataRegistry, EventDataEraser } from '@parley/identity';
import { EventLogService } from '@parley/kernel/events';
import { AutomationRunsRepository } from './automation-runs.repository.js';

/** Erases condition values and action results from the runs of contacts' conversations. */
@Injectable()
export class AutomationRunEraser extends EventDataEraser implements OnModuleInit {
  constructor(
    log: EventLogService,
    private readonly runs: AutomationRunsRepository,
    private readonly registry: ContactDataRegistry,
  ) {
    super(log);
  }

  onModuleInit(): void {
    this.registry.register('workflow.automation-runs', this);
  }

  protected eraseEvents(
    workspaceId: string,
    _eventIds: readonly string[],
    conversationIds: readonly string[],
  ): Promise<void> {
    return this.runs.eraseDetails(workspaceId, conversationIds);
  }
}
