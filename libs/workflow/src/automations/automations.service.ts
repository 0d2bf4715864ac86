import { Injectable } from '@nestjs/common';
import { omit } from 'es-toolkit';
import { Clock, newId, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion, omitUndefined } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { WithProblems } from '@parley/kernel/references';
import { AutomationCreated, AutomationDeleted, AutomationUpdated } from '../workflow.events.js';
import type { AutomationView } from './automation.view.js';
import { AutomationsRepository, type SaveAutomationInput, type AutomationsFilter } from './automations.repository.js';
import { RuleWarningBuilder } from './rule-warning-builder.service.js';
import type { RuleInput } from './rule-inspection.js';
import { RuleValidator } from './rule-validator.service.js';

/** Maximum number of rules in a workspace. Every event is evaluated against each of them. */
export const MAX_AUTOMATIONS = 200;

/** Fields of an automation other than its rule. Omitted fields stay unchanged or get their default. */
export interface AutomationSettings {
  readonly description?: string | null;
  readonly enabled?: boolean;
  readonly position?: number;
}

/** Stored rule with its current problems. */
export type InspectedAutomation = WithProblems<AutomationView>;

/** Saved rule with warnings for its author. */
export interface SavedAutomation {
  readonly automation: InspectedAutomation;
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
    private readonly validator: RuleValidator,
    private readonly warnings: RuleWarningBuilder,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async list(workspaceId: string, filter: AutomationsFilter, request: PageRequest): Promise<Page<InspectedAutomation>> {
    const page = await this.automations.list(workspaceId, filter, request);
    return { ...page, items: await this.validator.attachProblems(workspaceId, page.items) };
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<InspectedAutomation> {
    return this.inspect(workspaceId, await this.find(workspaceId, id));
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
      const now = this.clock.now().toISOString();
      const input = { ...rule, id: newId(), description, enabled, enabledAt: now, position: position ?? last + 1 };
      const automation = await this.automations.add(workspaceId, input, now);
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
      if (expected !== null && expected !== before.version) {
        const automation = await this.inspect(workspaceId, before);
        assertVersion(expected, before.version, () => ({ automation, warnings: [] }) satisfies SavedAutomation);
      }
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
      const becomesEnabled = enabled && !before.enabled;
      const needsValidation = RULE_FIELDS.some((field) => change[field] !== undefined) || becomesEnabled;
      const rule = needsValidation
        ? await this.validator.validate(workspaceId, ruleInput)
        : { ...ruleInput, filter: before.filter, actions: before.actions };
      const enabledAt = becomesEnabled ? this.clock.now().toISOString() : before.enabledAt;
      const input: SaveAutomationInput = { ...rule, id, description, enabled, enabledAt, position };
      const automation = await this.automations.update(workspaceId, input);
      const changed = changesBetween(before, omit(input, ['id', 'enabledAt']), WIRE_NAMES);
      if (Object.keys(changed).length > 0)
        this.events.append(new AutomationUpdated(id, { name: input.name, changed }, workspaceId));
      return this.withWarnings(workspaceId, automation);
    });
  }

  /** Enables or disables a rule. Enabling validates it again. @throws DomainError NOT_FOUND, BAD_REQUEST */
  async setEnabled(workspaceId: string, id: string, enabled: boolean): Promise<SavedAutomation> {
    const existing = await this.find(workspaceId, id);
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

  private async withWarnings(workspaceId: string, automation: AutomationView): Promise<SavedAutomation> {
    const others = automation.enabled ? await this.automations.listEnabled(workspaceId) : [];
    return {
      automation: await this.inspect(workspaceId, automation),
      warnings: await this.warnings.build(workspaceId, automation, others),
    };
  }

  private async find(workspaceId: string, id: string): Promise<AutomationView> {
    const automation = await this.automations.find(workspaceId, id);
    if (!automation) throw notFoundError('Automation');
    return automation;
  }

  private async inspect(workspaceId: string, automation: AutomationView): Promise<InspectedAutomation> {
    const [inspected] = await this.validator.attachProblems(workspaceId, [automation]);
    return inspected!;
  }
}
