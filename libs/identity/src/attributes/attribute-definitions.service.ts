import { Injectable } from '@nestjs/common';
import { assertNoIssues, Clock, DomainError, newId, notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import {
  AttributeDefinitionCreated,
  AttributeDefinitionDeleted,
  AttributeDefinitionUpdated,
} from '../identity.events.js';
import { DeletedNamesRepository } from '../deleted-names/deleted-names.repository.js';
import { CUSTOM_FIELD, customFieldId } from '../identity.references.js';
import { AttributeValidator } from './attribute-validator.service.js';
import type {
  UpdateAttributeDefinitionInput,
  AttributeDefinitionView,
  AttributeDefinitionsFilter,
  CreateAttributeDefinitionInput,
} from './attribute-definition.view.js';
import { AttributeDefinitionsRepository } from './attribute-definitions.repository.js';
import { validateDefinition } from './custom-fields.js';

const WIRE_NAMES = { regexHint: 'regex_hint' } as const;

@Injectable()
export class AttributeDefinitionsService {
  constructor(
    private readonly definitions: AttributeDefinitionsRepository,
    private readonly validator: AttributeValidator,
    private readonly deletedNames: DeletedNamesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    filter: AttributeDefinitionsFilter,
    request: PageRequest,
  ): Promise<Page<AttributeDefinitionView>> {
    return this.definitions.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<AttributeDefinitionView> {
    const definition = await this.definitions.find(workspaceId, id);
    if (!definition) throw notFoundError('Attribute definition');
    return definition;
  }

  /** @throws DomainError BAD_REQUEST; CONFLICT if the key is already defined. */
  create(workspaceId: string, input: CreateAttributeDefinitionInput): Promise<AttributeDefinitionView> {
    assertValidDefinition(input);
    return this.unitOfWork.run(async () => {
      const id = newId();
      const created = await this.definitions.add(workspaceId, id, input, this.clock.now().toISOString());
      if (!created)
        throw new DomainError('CONFLICT', `The ${input.appliesTo} field "${input.key}" is already defined`, {
          key: input.key,
        });
      this.unitOfWork.afterCommit(() => this.validator.invalidate(workspaceId));
      this.events.append(new AttributeDefinitionCreated(id, { applies_to: input.appliesTo, key: input.key }));
      return created;
    });
  }

  /** Existing values stay unchanged. @throws DomainError BAD_REQUEST, NOT_FOUND, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: UpdateAttributeDefinitionInput,
    expectedVersion: number | null,
  ): Promise<AttributeDefinitionView> {
    return this.unitOfWork.run(async () => {
      const before = await this.definitions.lock(workspaceId, id);
      if (!before) throw notFoundError('Attribute definition');
      assertVersion(expectedVersion, before.version, () => before);
      const after = { ...before, ...change };
      assertValidDefinition(after);
      const changed = changesBetween(before, change, WIRE_NAMES);
      if (Object.keys(changed).length === 0) return before;
      this.unitOfWork.afterCommit(() => this.validator.invalidate(workspaceId));
      this.events.append(new AttributeDefinitionUpdated(id, { key: before.key, changed }));
      return this.definitions.update(workspaceId, id, after, this.clock.now().toISOString());
    });
  }

  /**
   * Deletes the definition and returns it. Existing values stay and are no longer validated. @throws DomainError
   * NOT_FOUND, PRECONDITION_FAILED
   */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<AttributeDefinitionView> {
    return this.unitOfWork.run(async () => {
      const before = await this.definitions.lock(workspaceId, id);
      if (!before) throw notFoundError('Attribute definition');
      assertVersion(expectedVersion, before.version, () => before);
      const { key, appliesTo } = before;
      await this.definitions.delete(workspaceId, id);
      await this.deletedNames.add(workspaceId, { type: CUSTOM_FIELD, id: customFieldId(appliesTo, key) });
      this.unitOfWork.afterCommit(() => this.validator.invalidate(workspaceId));
      this.events.append(new AttributeDefinitionDeleted(id, { applies_to: appliesTo, key }));
      return before;
    });
  }
}

function assertValidDefinition(definition: Pick<AttributeDefinitionView, 'type' | 'options' | 'regex'>): void {
  assertNoIssues(validateDefinition(definition));
}
