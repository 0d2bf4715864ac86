import { Injectable } from '@nestjs/common';
import { omit } from 'es-toolkit';
import { Clock, newId, notFoundError, unprocessableError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion, omitUndefined } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ConversationsService } from '@parley/messaging';
import { AutomationCreated, AutomationDeleted, AutomationUpdated } from '../workflow.events.js';
import type { AutomationRunView } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { AutomationsRepository, type SaveAutomationInput, type AutomationsFilter } from './automations.repository.js';
import { buildCycleWarning } from './rule-cycles.js';
import { RuleValidator, type RuleInput } from './rule-validator.service.js';

/** Maximum number of rules in a workspace. Every event is evaluated against each of them. */
export const MAX_AUTOMATIONS = 200;

/** Fields of an automation other than its rule. Omitted fields stay unchanged or get their default. */
export interface AutomationSettings {
  readonly description?: string | null;
  readonly enabled?: boolean;
  readonly position?: number;
}

/** Saved rule with warnings for its author. */
export interface SavedAutomation {
  readonly automation: AutomationView;
  readonly warnings: readonly string[];
}

/** Fields whose changes are validated. */
const RULE_FIELDS = ['events', 'filter', 'actions', 'runPolicy', 'cooldownSeconds'] as const;

/** Names in `changed` of `automation.updated`, where they differ. */
const WIRE_NAMES = {
  runPolicy: 'run_policy',
  cooldownSeconds: 'cooldown_seconds',
  stopAfterMatch: 'stop_after_match',
  stopOnError: 'stop_on_error',
} as const;

/** Automation rules of a workspace. */
@Injectable()
export class AutomationsService {
  constructor(
    private readonly automations: AutomationsRepository,
    private readonly runs: AutomationRunsRepository,
    private readonly validator: RuleValidator,
    private readonly conversations: ConversationsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: AutomationsFilter, request: PageRequest): Promise<Page<AutomationView>> {
    return this.automations.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<AutomationView> {
    const automation = await this.automations.find(workspaceId, id);
    if (!automation) throw notFoundError('Automation');
    return automation;
  }

  /** @throws DomainError BAD_REQUEST with all errors by path, UNPROCESSABLE when the workspace has too many rules. */
  create(
    workspaceId: string,
    ruleInput: RuleInput,
    { description = null, enabled = true, position }: AutomationSettings,
  ): Promise<SavedAutomation> {
    return this.unitOfWork.run(async () => {
      const rule = await this.validator.validate(workspaceId, ruleInput);
      const { total, last } = await this.automations.count(workspaceId);
      if (total >= MAX_AUTOMATIONS)
        throw unprocessableError(`A workspace has at most ${MAX_AUTOMATIONS} automations`, { limit: MAX_AUTOMATIONS });
      const input = { ...rule, id: newId(), description, enabled, position: position ?? last + 1 };
      const automation = await this.automations.add(workspaceId, input, this.clock.now().toISOString());
      this.events.append(new AutomationCreated(automation.id, { name: automation.name }, workspaceId));
      return this.withWarnings(workspaceId, automation);
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: Partial<RuleInput> & AutomationSettings,
    expected: number | null,
  ): Promise<SavedAutomation> {
    return this.unitOfWork.run(async () => {
      const before = await this.automations.lock(workspaceId, id);
      if (!before) throw notFoundError('Automation');
      assertVersion(expected, before.version, () => ({ automation: before, warnings: [] }) satisfies SavedAutomation);
      // A change to another policy removes the cooldown.
      const cooldownReset =
        change.runPolicy !== undefined && change.runPolicy !== 'cooldown' && change.cooldownSeconds === undefined
          ? { cooldownSeconds: null }
          : {};
      const { description, enabled, position, ...ruleInput } = {
        ...before,
        ...omitUndefined(change),
        ...cooldownReset,
      };
      // A rule that refers to a deleted team can still be disabled, renamed and moved.
      const needsValidation = RULE_FIELDS.some((field) => change[field] !== undefined) || (enabled && !before.enabled);
      const rule = needsValidation
        ? await this.validator.validate(workspaceId, ruleInput)
        : { ...ruleInput, filter: before.filter, actions: before.actions };
      const input: SaveAutomationInput = { ...rule, id, description, enabled, position };
      const automation = await this.automations.update(workspaceId, input);
      const changed = changesBetween(before, omit(input, ['id']), WIRE_NAMES);
      if (Object.keys(changed).length > 0) this.events.append(new AutomationUpdated(id, { changed }, workspaceId));
      return this.withWarnings(workspaceId, automation);
    });
  }

  /** Enables or disables a rule. Enabling validates it again. @throws DomainError NOT_FOUND, BAD_REQUEST */
  async setEnabled(workspaceId: string, id: string, enabled: boolean): Promise<SavedAutomation> {
    const existing = await this.get(workspaceId, id);
    return existing.enabled === enabled
      ? this.withWarnings(workspaceId, existing)
      : this.update(workspaceId, id, { enabled }, null);
  }

  /** Deletes a rule and the records of its runs. @throws DomainError NOT_FOUND */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const name = await this.automations.delete(workspaceId, id);
      if (name === null) throw notFoundError('Automation');
      this.events.append(new AutomationDeleted(id, { name }, workspaceId));
    });
  }

  /** @throws DomainError NOT_FOUND */
  async listRuns(
    workspaceId: string,
    id: string,
    filter: { subjectId?: string; outcomes?: readonly string[] },
    request: PageRequest,
  ): Promise<Page<AutomationRunView>> {
    await this.get(workspaceId, id);
    const page = await this.runs.list(workspaceId, id, filter, request);
    return { ...page, items: await this.selectVisible(workspaceId, page.items) };
  }

  /** Leaves out the runs for conversations that the caller cannot see. */
  private async selectVisible(
    workspaceId: string,
    runs: readonly AutomationRunView[],
  ): Promise<readonly AutomationRunView[]> {
    const hiddenInboxIds = currentHiddenInboxIds();
    if (hiddenInboxIds.length === 0 || runs.length === 0) return runs;
    const ids = runs.map(({ subject }) => subject.id);
    const hiddenIds = await this.conversations.listHiddenIds(workspaceId, ids, hiddenInboxIds);
    return runs.filter(({ subject }) => !hiddenIds.has(subject.id));
  }

  private async withWarnings(workspaceId: string, automation: AutomationView): Promise<SavedAutomation> {
    const warning = automation.enabled
      ? buildCycleWarning(automation, await this.automations.listEnabled(workspaceId))
      : null;
    return { automation, warnings: warning ? [warning] : [] };
  }
}
