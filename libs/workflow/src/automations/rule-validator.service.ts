import { Injectable } from '@nestjs/common';
import { InvalidInputError, sentence, type InputIssue } from '@parley/kernel';
import { parseFilter, toInputIssues, type FilterNode } from '@parley/kernel/filter';
import { TeamsService, UsersService } from '@parley/teams';
import { validateActions } from './actions/action-validation.js';
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
    const issues: InputIssue[] = [];
    const subject = this.validateEvents(input.events, issues);
    issues.push(...validateActions(input.actions, subject.type));
    const parsed = parseFilter(input.filter, subject.fields, { purpose: 'memory' });
    if (!parsed.ok) issues.push(...toInputIssues(parsed.issues));
    if ((input.runPolicy === 'cooldown') !== (input.cooldownSeconds !== null)) {
      const message =
        input.runPolicy === 'cooldown'
          ? 'is required with the run policy cooldown'
          : 'is only allowed with the run policy cooldown';
      issues.push({ path: ['cooldownSeconds'], message });
    }
    const actions = input.actions as readonly Action[];
    if (issues.length === 0) issues.push(...(await this.validateReferences(workspaceId, actions)));
    if (issues.length > 0 || !parsed.ok) throw new InvalidInputError(issues, 'The rule is not valid');
    return { ...input, filter: parsed.filter.source as FilterNode, actions };
  }

  /** The subject of the rule; the events of one rule are about one type of subject. */
  private validateEvents(events: readonly string[], issues: InputIssue[]): RuleSubject {
    const subject = events.map((type) => this.subjects.findByEventType(type)).find((found) => found !== null);
    events.forEach((type, index) => {
      const path = ['events', index];
      const error = this.subjects.validateEventType(type);
      const found = this.subjects.findByEventType(type);
      if (error) issues.push({ path, message: sentence`${error}` });
      else if (found !== subject) issues.push({ path, message: `is not an event of a ${subject!.type}` });
    });
    return subject ?? this.subjects.default;
  }

  private async validateReferences(workspaceId: string, actions: readonly Action[]): Promise<InputIssue[]> {
    const collectIds = (parameter: string): string[] =>
      actions.flatMap((action) => (typeof action[parameter] === 'string' ? [action[parameter]] : []));
    const [userIds, teamIds] = [collectIds('user_id'), collectIds('team_id')];
    const users = userIds.length > 0 ? await this.users.filterActive(workspaceId, userIds) : new Set<string>();
    const teams = teamIds.length > 0 ? await this.teams.filterExisting(workspaceId, teamIds) : new Set<string>();
    const references = [
      { parameter: 'user_id', existing: users, message: 'is not the ID of an active user' },
      { parameter: 'team_id', existing: teams, message: 'is not the ID of a team' },
    ];
    return actions.flatMap((action, index) =>
      references.flatMap(({ parameter, existing, message }) => {
        const id = action[parameter];
        const isUnknown = typeof id === 'string' && !existing.has(id.toLowerCase());
        return isUnknown ? [{ path: ['actions', index, parameter], message }] : [];
      }),
    );
  }
}
