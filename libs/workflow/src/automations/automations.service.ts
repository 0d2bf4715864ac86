import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  givenFields,
  newId,
  notFound,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import type { AutomationRunView } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { AutomationsRepository, type AutomationToWrite, type AutomationsFilter } from './automations.repository.js';
import { cycleWarning } from './rule-cycles.js';
import { RuleValidation, type RawRule } from './rule-validation.service.js';

/** Most rules in a workspace: each is held against every event. */
export const MOST_AUTOMATIONS = 200;

/** What is saved of a rule beside the rule itself; left out, it stays or gets its default. */
export interface AutomationSettings {
  readonly description?: string | null;
  readonly enabled?: boolean;
  readonly position?: number;
}

/** A rule that was saved, and what its author should know. */
export interface SavedAutomation {
  readonly automation: AutomationView;
  readonly warnings: readonly string[];
}

/** The rules of a workspace. */
@Injectable()
export class AutomationsService {
  constructor(
    private readonly automations: AutomationsRepository,
    private readonly runs: AutomationRunsRepository,
    private readonly validation: RuleValidation,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(workspaceId: string, filter: AutomationsFilter, request: PageRequest): Promise<Page<AutomationView>> {
    return this.automations.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<AutomationView> {
    const automation = await this.automations.find(workspaceId, id);
    if (!automation) throw notFound('Automation');
    return automation;
  }

  /** @throws DomainError BAD_REQUEST with every fault by its path, UNPROCESSABLE when there are too many rules. */
  create(
    workspaceId: string,
    raw: RawRule,
    { description = null, enabled = true, position }: AutomationSettings,
  ): Promise<SavedAutomation> {
    return this.unitOfWork.run(async () => {
      const rule = await this.validation.check(workspaceId, raw);
      const { total, last } = await this.automations.count(workspaceId);
      if (total >= MOST_AUTOMATIONS)
        throw unprocessable(`A workspace has at most ${MOST_AUTOMATIONS} automations`, { limit: MOST_AUTOMATIONS });
      return this.warned(
        workspaceId,
        await this.automations.add(workspaceId, {
          ...rule,
          id: newId(),
          description,
          enabled,
          position: position ?? last + 1,
        }),
      );
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: Partial<RawRule> & AutomationSettings,
    expected: number | null,
  ): Promise<SavedAutomation> {
    return this.unitOfWork.run(async () => {
      const before = await this.automations.lock(workspaceId, id);
      if (!before) throw notFound('Automation');
      assertVersion(expected, before.version, () => ({ automation: before, warnings: [] }) satisfies SavedAutomation);
      // Another policy than cooldown leaves no cooldown behind.
      const cooldown =
        change.runPolicy !== undefined && change.runPolicy !== 'cooldown' && change.cooldownSeconds === undefined
          ? { cooldownSeconds: null }
          : {};
      const { description, enabled, position, ...raw } = { ...before, ...givenFields(change), ...cooldown };
      const rule = await this.validation.check(workspaceId, raw);
      const wanted: AutomationToWrite = { ...rule, id, description, enabled, position };
      return this.warned(workspaceId, await this.automations.update(workspaceId, wanted));
    });
  }

  /** Switches a rule on or off; a rule that is switched on is checked again. @throws DomainError NOT_FOUND, BAD_REQUEST */
  async setEnabled(workspaceId: string, id: string, enabled: boolean): Promise<SavedAutomation> {
    const known = await this.get(workspaceId, id);
    return known.enabled === enabled
      ? this.warned(workspaceId, known)
      : this.update(workspaceId, id, { enabled }, null);
  }

  /** Deletes a rule with the record of its runs. @throws DomainError NOT_FOUND */
  async delete(workspaceId: string, id: string): Promise<void> {
    if (!(await this.automations.delete(workspaceId, id))) throw notFound('Automation');
  }

  /** @throws DomainError NOT_FOUND */
  async listRuns(
    workspaceId: string,
    id: string,
    filter: { conversationId?: string; outcomes?: readonly string[] },
    request: PageRequest,
  ): Promise<Page<AutomationRunView>> {
    await this.get(workspaceId, id);
    return this.runs.list(workspaceId, id, filter, request);
  }

  private async warned(workspaceId: string, automation: AutomationView): Promise<SavedAutomation> {
    const warning = automation.enabled
      ? cycleWarning(automation, await this.automations.listEnabled(workspaceId))
      : null;
    return { automation, warnings: warning ? [warning] : [] };
  }
}
