import { Injectable } from '@nestjs/common';
import { assertNoIssues, type InputIssue } from '@parley/kernel';
import { WorkspaceSettingsCache } from '@parley/teams';
import { LRUCache } from 'lru-cache';
import type { AttributeDefinitionView, AttributeSubject, AttributeType } from './attribute-definition.view.js';
import { customFieldId } from '../identity.references.js';
import { AttributeDefinitionsRepository } from './attribute-definitions.repository.js';
import { validateValues } from './custom-fields.js';

const MAX_CACHED_WORKSPACES = 10_000;
const CACHE_TTL_MS = 5_000;

/**
 * Validates custom fields against their definitions. Caches the definitions for 5 seconds to save a query per write;
 * other processes see changes after that time.
 */
@Injectable()
export class AttributeValidator {
  private readonly cache = new LRUCache<string, readonly AttributeDefinitionView[]>({
    max: MAX_CACHED_WORKSPACES,
    ttl: CACHE_TTL_MS,
  });

  constructor(
    private readonly definitions: AttributeDefinitionsRepository,
    private readonly settings: WorkspaceSettingsCache,
  ) {}

  /** @throws DomainError BAD_REQUEST with the path of each invalid field, for example `['customFields', 'plan']`. */
  async assertValid(
    workspaceId: string,
    subject: AttributeSubject,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    assertNoIssues(await this.validate(workspaceId, subject, customFields));
  }

  /**
   * The issues of invalid fields. If the workspace setting `strict_attributes` is true, fields without a
   * definition are invalid.
   */
  async validate(
    workspaceId: string,
    subject: AttributeSubject,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<readonly InputIssue[]> {
    if (customFields === undefined || Object.keys(customFields).length === 0) return [];
    const rules = (await this.loadDefinitions(workspaceId)).filter(({ appliesTo }) => appliesTo === subject);
    const strict = await this.isStrict(workspaceId);
    return validateValues(customFields, rules, strict);
  }

  /** True if fields without a definition cannot have values. */
  async isStrict(workspaceId: string): Promise<boolean> {
    return (await this.settings.get(workspaceId)).strict_attributes === true;
  }

  /** The definitions of all custom fields, unordered. */
  listDefinitions(workspaceId: string): Promise<readonly AttributeDefinitionView[]> {
    return this.loadDefinitions(workspaceId);
  }

  /** Types of all defined fields, by their IDs in references, such as `contact.plan`. */
  async getAllTypes(workspaceId: string): Promise<ReadonlyMap<string, AttributeType>> {
    const definitions = await this.loadDefinitions(workspaceId);
    return new Map(definitions.map(({ appliesTo, key, type }) => [customFieldId(appliesTo, key), type]));
  }

  /** Types of the defined fields by key. */
  async getTypes(workspaceId: string, subject: AttributeSubject): Promise<ReadonlyMap<string, AttributeType>> {
    return new Map(
      (await this.loadDefinitions(workspaceId))
        .filter(({ appliesTo }) => appliesTo === subject)
        .map(({ key, type }) => [key, type]),
    );
  }

  /** Clears the cached definitions of a workspace. */
  invalidate(workspaceId: string): void {
    this.cache.delete(workspaceId);
  }

  private async loadDefinitions(workspaceId: string): Promise<readonly AttributeDefinitionView[]> {
    const cached = this.cache.get(workspaceId);
    if (cached) return cached;
    const definitions = await this.definitions.listAll(workspaceId);
    this.cache.set(workspaceId, definitions);
    return definitions;
  }
}
