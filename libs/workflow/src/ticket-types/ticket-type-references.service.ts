import '../workflow.scopes.js';
import { Injectable } from '@nestjs/common';
import { CUSTOM_FIELD } from '@parley/identity';
import { pathsTo, ReferenceSource, type ReferenceTarget, type ReferringObject } from '@parley/kernel/references';
import { TEAM } from '@parley/teams';
import { ticketTypeReferences } from './ticket-type-references.js';
import { TicketTypesRepository } from './ticket-types.repository.js';

/** Finds the ticket types that refer to teams and custom fields. */
@Injectable()
export class TicketTypeReferencesService {
  constructor(private readonly types: TicketTypesRepository) {}

  @ReferenceSource({
    type: 'ticket_type',
    scope: 'tickets:read',
    targets: [TEAM, CUSTOM_FIELD],
    columns: ['workflow.ticket_types.team_id', 'workflow.ticket_types.form'],
  })
  async find(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    const types = await this.types.listAll(workspaceId);
    return types
      .map((type) => ({ id: type.id, name: type.name, paths: pathsTo(target, ticketTypeReferences(type)) }))
      .filter(({ paths }) => paths.length > 0);
  }
}
