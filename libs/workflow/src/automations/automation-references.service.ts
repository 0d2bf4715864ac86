import '../workflow.scopes.js';
import { Injectable } from '@nestjs/common';
import { CUSTOM_FIELD, TAG } from '@parley/identity';
import {
  filterReferences,
  pathsTo,
  ReferenceSource,
  type ReferenceTarget,
  type ReferringObject,
} from '@parley/kernel/references';
import { INBOX, TEAM, USER } from '@parley/teams';
import { actionReferences } from './actions/action-validation.js';
import { AutomationsRepository } from './automations.repository.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';

/** Finds the rules that refer to users, teams, inboxes, custom fields and tags. */
@Injectable()
export class AutomationReferencesService {
  constructor(
    private readonly automations: AutomationsRepository,
    private readonly subjects: RuleSubjectRegistry,
  ) {}

  @ReferenceSource({
    type: 'automation',
    scope: 'automations:read',
    targets: [USER, TEAM, INBOX, CUSTOM_FIELD, TAG],
    columns: ['workflow.automations.filter', 'workflow.automations.actions'],
  })
  async find(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    const automations = await this.automations.listAll(workspaceId);
    return automations
      .map(({ id, name, events, filter, actions }) => {
        const { fields } =
          events.map((type) => this.subjects.findByEventType(type)).find(Boolean) ?? this.subjects.default;
        const references = [...actionReferences(actions), ...filterReferences(filter, fields)];
        return { id, name, paths: pathsTo(target, references) };
      })
      .filter(({ paths }) => paths.length > 0);
  }
}
