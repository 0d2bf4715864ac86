import { Injectable } from '@nestjs/common';
import { badRequestError } from '@parley/kernel';
import { WorkspaceSettingsCache } from '@parley/teams';
import { LRUCache } from 'lru-cache';
import type { AttributeDefinitionView, AttributeSubject, AttributeType } from './attribute-definition.view.js';
import { AttributeDefinitionsRepository } from './attribute-definitions.repository.js';
import { validateValues } from './attribute-value.js';

const MAX_CACHED_WORKSPACES = 10_000;
const CACHE_TTL_MS = 5_000;

/**
 * Holds fields of a workspace's own against their definitions. Definitions are remembered for a few seconds, so that a write
 * costs no query; other processes see a change after those.
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

  /** @throws DomainError BAD_REQUEST naming each field that does not hold what it may, such as `custom_fields.plan`. */
  async assertValid(
    workspaceId: string,
    subject: AttributeSubject,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    const errors = await this.validate(workspaceId, subject, customFields);
    if (Object.keys(errors).length > 0) throw badRequestError(errors);
  }

  /** What is wrong with fields, by their paths. Where the setting `strict_attributes` is true, so is every field that nobody has defined. */
  async validate(
    workspaceId: string,
    subject: AttributeSubject,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Record<string, string[]>> {
    if (customFields === undefined || Object.keys(customFields).length === 0) return {};
    const rules = (await this.loadDefinitions(workspaceId)).filter(({ appliesTo }) => appliesTo === subject);
    const strict = (await this.settings.get(workspaceId)).strict_attributes === true;
    return validateValues(customFields, rules, strict);
  }

  /** The types of the fields that are defined, by their keys. */
  async getTypes(workspaceId: string, subject: AttributeSubject): Promise<ReadonlyMap<string, AttributeType>> {
    return new Map(
      (await this.loadDefinitions(workspaceId))
        .filter(({ appliesTo }) => appliesTo === subject)
        .map(({ key, type }) => [key, type]),
    );
  }

  /** Forgets what is remembered of a workspace. */
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
