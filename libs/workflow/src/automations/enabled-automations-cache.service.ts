import { Injectable } from '@nestjs/common';
import { eventTypesOf, WorkspaceCacheRegistry, type RecordedEvent, type WorkspaceCache } from '@parley/kernel/events';
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

  /** The enabled rules that an event triggers, in the order in which they run. Rules that were enabled later do not run for it. */
  async listTriggered({ workspaceId, occurredAt, ...event }: RecordedEvent): Promise<AutomationView[]> {
    const eventTypes = eventTypesOf(event);
    const rules = await this.cache.get(workspaceId);
    return rules.filter(
      ({ events, enabledAt }) => enabledAt <= occurredAt && events.some((type) => eventTypes.includes(type)),
    );
  }
}
