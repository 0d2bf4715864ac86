import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  badRequest,
  changesBetween,
  Clock,
  DomainError,
  Events,
  newId,
  notFound,
  UnitOfWork,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import {
  AttributeDefinitionCreated,
  AttributeDefinitionDeleted,
  AttributeDefinitionUpdated,
} from '../identity.events.js';
import { AttributeChecks } from './attribute-checks.service.js';
import type {
  AttributeChange,
  AttributeDefinitionView,
  AttributesFilter,
  NewAttribute,
} from './attribute-definition.view.js';
import { AttributeDefinitionsRepository } from './attribute-definitions.repository.js';
import { definitionFaults } from './attribute-value.js';

const WIRE_NAMES = { regexHint: 'regex_hint' } as const;

/** What fields of a workspace's own are, and may hold. */
@Injectable()
export class AttributeDefinitionsService {
  constructor(
    private readonly definitions: AttributeDefinitionsRepository,
    private readonly checks: AttributeChecks,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: AttributesFilter, request: PageRequest): Promise<Page<AttributeDefinitionView>> {
    return this.definitions.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<AttributeDefinitionView> {
    const definition = await this.definitions.find(workspaceId, id);
    if (!definition) throw notFound('Attribute definition');
    return definition;
  }

  /** @throws DomainError BAD_REQUEST, CONFLICT when the key is defined already. */
  create(workspaceId: string, wanted: NewAttribute): Promise<AttributeDefinitionView> {
    assertSound(wanted);
    return this.unitOfWork.run(async () => {
      const id = newId();
      const made = await this.definitions.add(workspaceId, id, wanted, this.clock.now().toISOString());
      if (!made)
        throw new DomainError('CONFLICT', `The field ${wanted.key} of a ${wanted.appliesTo} is defined already`, {
          key: wanted.key,
        });
      this.unitOfWork.afterCommit(() => this.checks.forget(workspaceId));
      this.events.append(new AttributeDefinitionCreated(id, { applies_to: wanted.appliesTo, key: wanted.key }));
      return made;
    });
  }

  /** Values that are there already stay as they are. @throws DomainError BAD_REQUEST, NOT_FOUND, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: AttributeChange,
    expected: number | null,
  ): Promise<AttributeDefinitionView> {
    return this.unitOfWork.run(async () => {
      const before = await this.definitions.lock(workspaceId, id);
      if (!before) throw notFound('Attribute definition');
      assertVersion(expected, before.version, () => before);
      const after = { ...before, ...change };
      assertSound(after);
      const changed = changesBetween(before, change, WIRE_NAMES);
      if (Object.keys(changed).length === 0) return before;
      this.unitOfWork.afterCommit(() => this.checks.forget(workspaceId));
      this.events.append(new AttributeDefinitionUpdated(id, { changed }));
      return this.definitions.update(workspaceId, id, after, this.clock.now().toISOString());
    });
  }

  /** Deletes the definition; values stay, and may be anything from then on. Gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<AttributeDefinitionView> {
    return this.unitOfWork.run(async () => {
      const before = await this.definitions.lock(workspaceId, id);
      if (!before) throw notFound('Attribute definition');
      assertVersion(expected, before.version, () => before);
      const { key, appliesTo } = before;
      await this.definitions.delete(workspaceId, id);
      this.unitOfWork.afterCommit(() => this.checks.forget(workspaceId));
      this.events.append(new AttributeDefinitionDeleted(id, { applies_to: appliesTo, key }));
      return before;
    });
  }
}

function assertSound(definition: Pick<AttributeDefinitionView, 'type' | 'options' | 'regex'>): void {
  const faults = definitionFaults(definition);
  if (Object.keys(faults).length > 0) throw badRequest(faults);
}
