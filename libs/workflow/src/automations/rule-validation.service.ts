import { Injectable } from '@nestjs/common';
import { badRequest, parseFilter, type FilterNode } from '@parley/kernel';
import { TeamsService, UsersService } from '@parley/teams';
import { actionFaults, type Faults } from './actions/action-validation.js';
import { AUTOMATION_FIELDS } from './automation-fields.js';
import type { Action, Rule } from './automation.view.js';
import { eventFault } from './rule-events.js';

/** A rule as it came in; nothing of it is known to be right. */
export interface RawRule extends Omit<Rule, 'filter' | 'actions'> {
  readonly filter: unknown;
  readonly actions: unknown;
}

/** Checks rules when they are saved, so that none fails for what could have been seen. */
@Injectable()
export class RuleValidation {
  constructor(
    private readonly users: UsersService,
    private readonly teams: TeamsService,
  ) {}

  /** The rule, every part of which is right. @throws DomainError BAD_REQUEST with every fault by its path. */
  async check(workspaceId: string, raw: RawRule): Promise<Rule> {
    const faults: Faults = actionFaults(raw.actions);
    raw.events.forEach((name, index) => {
      const fault = eventFault(name);
      if (fault) faults[`events[${index}]`] = [fault];
    });
    const parsed = parseFilter(raw.filter, AUTOMATION_FIELDS, { purpose: 'memory' });
    if (!parsed.ok) for (const { path, message } of parsed.issues) (faults[path] ??= []).push(message);
    if ((raw.runPolicy === 'cooldown') !== (raw.cooldownSeconds !== null)) {
      faults.cooldown_seconds = [
        raw.runPolicy === 'cooldown'
          ? 'is required with the run policy cooldown'
          : 'goes with the run policy cooldown only',
      ];
    }
    const actions = raw.actions as readonly Action[];
    if (Object.keys(faults).length === 0) Object.assign(faults, await this.missing(workspaceId, actions));
    if (Object.keys(faults).length > 0 || !parsed.ok) throw badRequest(faults, 'The rule is not valid');
    return { ...raw, filter: parsed.filter.source as FilterNode, actions };
  }

  private async missing(workspaceId: string, actions: readonly Action[]): Promise<Faults> {
    const faults: Faults = {};
    const ids = (parameter: string): string[] =>
      actions.flatMap((action) => (typeof action[parameter] === 'string' ? [action[parameter]] : []));
    const [userIds, teamIds] = [ids('user_id'), ids('team_id')];
    const users = userIds.length > 0 ? await this.users.activeAmong(workspaceId, userIds) : new Set<string>();
    const teams = teamIds.length > 0 ? await this.teams.existingAmong(workspaceId, teamIds) : new Set<string>();
    actions.forEach(({ user_id: userId, team_id: teamId }, index) => {
      if (typeof userId === 'string' && !users.has(userId.toLowerCase()))
        faults[`actions[${index}].user_id`] = ['there is no active user with this id'];
      if (typeof teamId === 'string' && !teams.has(teamId.toLowerCase()))
        faults[`actions[${index}].team_id`] = ['there is no team with this id'];
    });
    return faults;
  }
}
