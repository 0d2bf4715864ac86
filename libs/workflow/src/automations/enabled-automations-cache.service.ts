import { Injectable } from '@nestjs/common';
import { WorkspaceCacheRegistry, type WorkspaceCache } from '@parley/kernel/events';
import { AutomationCreated, AutomationDeleted, AutomationUpdated } from '../workflow.events.js';
import type { AutomationView } from './automation.view.js';
import { AutomationsRepository } from './automations.repository.js';

/** The enabled rules of workspaces, for event handlers. */
@Injectable()
export class EnabledAutomationsCache {
  private readonly cache: WorkspaceCache<readonly AutomationView[]>;

  constructor(automations: AutomationsRepository, caches: WorkspaceCacheRegistry) {
    this.cache = caches.create([AutomationCreated, AutomationUpdated, AutomationDeleted], (workspaceId) =>
      automations.listEnabled(workspaceId),
    );
  }

  /** The enabled rules that one of the event types triggers, in the order in which they run. */
  async listTriggered(workspaceId: string, eventTypes: readonly string[]): Promise<AutomationView[]> {
    const rules = await this.cache.get(workspaceId);
    return rules.filter(({ events }) => events.some((type) => eventTypes.includes(type)));
  }
}
