import { Injectable } from '@nestjs/common';
import { AttributeValidator } from '@parley/identity';
import {
  assertNoIssues,
  Clock,
  fieldConflictError,
  newId,
  notFoundError,
  unprocessableFieldError,
} from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ReferencedObjectsService } from '@parley/teams';
import { TicketTypeCreated, TicketTypeDeleted, TicketTypeUpdated } from '../ticket.events.js';
import type { TicketTypesFilter, TicketTypeView, UpdateTicketTypeInput } from './ticket-type.view.js';
import { TicketTypesRepository } from './ticket-types.repository.js';

const WIRE_NAMES = { defaultPriority: 'default_priority', teamId: 'team_id' } as const;
const NAME_CONSTRAINTS = {
  ticket_types_name: () => fieldConflictError('name', 'A ticket type with this name already exists'),
};

/** Manages types of tickets. */
@Injectable()
export class TicketTypesService {
  constructor(
    private readonly types: TicketTypesRepository,
    private readonly attributes: AttributeValidator,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: TicketTypesFilter, request: PageRequest): Promise<Page<TicketTypeView>> {
    return this.types.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<TicketTypeView> {
    const type = await this.types.find(workspaceId, id);
    if (!type) throw notFoundError('Ticket type');
    return type;
  }

  find(workspaceId: string, id: string): Promise<TicketTypeView | null> {
    return this.types.find(workspaceId, id);
  }

  /**
   * Returns a type that a ticket refers to, and keeps it from being deleted until the transaction ends.
   * @throws DomainError UNPROCESSABLE if it does not exist.
   */
  async getReferenced(workspaceId: string, id: string): Promise<TicketTypeView> {
    const type = await this.types.findReferenced(workspaceId, id);
    if (!type) throw unprocessableFieldError('typeId', 'is not the ID of a ticket type', id);
    return type;
  }

  /** @throws DomainError CONFLICT if the name is used; BAD_REQUEST; UNPROCESSABLE if the team does not exist. */
  create(workspaceId: string, input: UpdateTicketTypeInput & { readonly name: string }): Promise<TicketTypeView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await this.assertValid(workspaceId, input);
      const now = this.clock.now().toISOString();
      const { name, description = null, form = [], defaultPriority = null, teamId = null } = input;
      const type = { id, name, description, form, defaultPriority, teamId, createdAt: now, updatedAt: now };
      await mapConstraintErrors(NAME_CONSTRAINTS, () => this.types.add(workspaceId, type));
      this.events.append(new TicketTypeCreated(id, { name }));
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, CONFLICT, BAD_REQUEST, UNPROCESSABLE */
  update(
    workspaceId: string,
    id: string,
    input: UpdateTicketTypeInput,
    expectedVersion: number | null,
  ): Promise<TicketTypeView> {
    return this.unitOfWork.run(async () => {
      const before = await this.types.lock(workspaceId, id);
      if (!before) throw notFoundError('Ticket type');
      assertVersion(expectedVersion, before.version, () => before);
      const changed = changesBetween(before, input, WIRE_NAMES);
      if (Object.keys(changed).length === 0) return before;
      await this.assertValid(workspaceId, input);
      await mapConstraintErrors(NAME_CONSTRAINTS, () =>
        this.types.update(workspaceId, id, input, this.clock.now().toISOString()),
      );
      this.events.append(new TicketTypeUpdated(id, { name: input.name ?? before.name, changed }));
      return this.get(workspaceId, id);
    });
  }

  /** Deletes the type. Its tickets lose it in a subscriber. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<TicketTypeView> {
    return this.unitOfWork.run(async () => {
      const type = await this.types.lock(workspaceId, id);
      if (!type) throw notFoundError('Ticket type');
      assertVersion(expectedVersion, type.version, () => type);
      await this.types.delete(workspaceId, id);
      this.events.append(new TicketTypeDeleted(id, { name: type.name }));
      return type;
    });
  }

  private async assertValid(workspaceId: string, { form = [], teamId }: UpdateTicketTypeInput): Promise<void> {
    await this.referencedObjects.resolve(workspaceId, { teamId });
    const defined = form.length === 0 ? null : await this.attributes.getTypes(workspaceId, 'ticket');
    assertNoIssues(
      form.flatMap(({ key }, index) => {
        const path = ['form', index, 'key'];
        if (form.findIndex((field) => field.key === key) < index) return [{ path, message: 'is in the form twice' }];
        if (defined!.has(key)) return [];
        return [
          {
            path,
            message: `: "${key}" is not a custom field of tickets. Define it with POST /v1/attribute-definitions`,
          },
        ];
      }),
    );
  }
}
