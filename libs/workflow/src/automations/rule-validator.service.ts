import { Injectable } from '@nestjs/common';
import { badRequestError } from '@parley/kernel';
import { parseFilter, type FilterNode } from '@parley/kernel/filter';
import { TeamsService, UsersService } from '@parley/teams';
import { validateActions, type FieldErrors } from './actions/action-validation.js';
import type { Action, Rule } from './automation.view.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleSubject } from './subjects/rule-subject.js';

/** Rule as received; not validated yet. */
export interface RuleInput extends Omit<Rule, 'filter' | 'actions'> {
  readonly filter: unknown;
  readonly actions: unknown;
}

/** Validates rules when they are saved, so that they do not fail later for predictable reasons. */
@Injectable()
export class RuleValidator {
  constructor(
    private readonly users: UsersService,
    private readonly teams: TeamsService,
    private readonly subjects: RuleSubjectRegistry,
  ) {}

  /** Returns the validated rule. @throws DomainError BAD_REQUEST with all errors by path. */
  async validate(workspaceId: string, input: RuleInput): Promise<Rule> {
    const errors: FieldErrors = {};
    const subject = this.validateEvents(input.events, errors);
    Object.assign(errors, validateActions(input.actions, subject.type));
    const parsed = parseFilter(input.filter, subject.fields, { purpose: 'memory' });
    if (!parsed.ok) for (const { path, message } of parsed.issues) (errors[path] ??= []).push(message);
    if ((input.runPolicy === 'cooldown') !== (input.cooldownSeconds !== null)) {
      errors.cooldown_seconds = [
        input.runPolicy === 'cooldown'
          ? 'is required with the run policy cooldown'
          : 'is only allowed with the run policy cooldown',
      ];
    }
    const actions = input.actions as readonly Action[];
    if (Object.keys(errors).length === 0) Object.assign(errors, await this.validateReferences(workspaceId, actions));
    if (Object.keys(errors).length > 0 || !parsed.ok) throw badRequestError(errors, 'The rule is not valid');
    return { ...input, filter: parsed.filter.source as FilterNode, actions };
  }

  /** The subject of the rule; the events of one rule are about one type of subject. */
  private validateEvents(events: readonly string[], errors: FieldErrors): RuleSubject {
    const subject = events.map((type) => this.subjects.findByEventType(type)).find((found) => found !== null);
    events.forEach((type, index) => {
      const error = this.subjects.validateEventType(type);
      const found = this.subjects.findByEventType(type);
      if (error) errors[`events[${index}]`] = [error];
      else if (found !== subject) errors[`events[${index}]`] = [`is not an event of a ${subject!.type}`];
    });
    return subject ?? this.subjects.default;
  }

  private async validateReferences(workspaceId: string, actions: readonly Action[]): Promise<FieldErrors> {
    const errors: FieldErrors = {};
    const collectIds = (parameter: string): string[] =>
      actions.flatMap((action) => (typeof action[parameter] === 'string' ? [action[parameter]] : []));
    const [userIds, teamIds] = [collectIds('user_id'), collectIds('team_id')];
    const users = userIds.length > 0 ? await this.users.filterActive(workspaceId, userIds) : new Set<string>();
    const teams = teamIds.length > 0 ? await this.teams.filterExisting(workspaceId, teamIds) : new Set<string>();
    actions.forEach(({ user_id: userId, team_id: teamId }, index) => {
      if (typeof userId === 'string' && !users.has(userId.toLowerCase()))
        errors[`actions[${index}].user_id`] = ['is not the ID of an active user'];
      if (typeof teamId === 'string' && !teams.has(teamId.toLowerCase()))
        errors[`actions[${index}].team_id`] = ['is not the ID of a team'];
    });
    return errors;
  }
}
