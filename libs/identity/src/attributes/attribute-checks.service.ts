import { Injectable } from '@nestjs/common';
import { badRequest } from '@parley/kernel';
import { WorkspaceSettings } from '@parley/teams';
import { LRUCache } from 'lru-cache';
import type { AttributeDefinitionView, AttributeSubject, AttributeType } from './attribute-definition.view.js';
import { AttributeDefinitionsRepository } from './attribute-definitions.repository.js';
import { valueFaults } from './attribute-value.js';

const MOST_REMEMBERED = 10_000;
const REMEMBERED_MS = 5_000;

/**
 * Holds fields of a workspace's own against their definitions. Definitions are remembered for a few seconds, so that a write
 * costs no query; other processes see a change after those.
 */
@Injectable()
export class AttributeChecks {
  private readonly known = new LRUCache<string, readonly AttributeDefinitionView[]>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_MS,
  });

  constructor(
    private readonly definitions: AttributeDefinitionsRepository,
    private readonly settings: WorkspaceSettings,
  ) {}

  /** @throws DomainError BAD_REQUEST naming each field that does not hold what it may, such as `custom_fields.plan`. */
  async check(
    workspaceId: string,
    subject: AttributeSubject,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    const faults = await this.faults(workspaceId, subject, customFields);
    if (Object.keys(faults).length > 0) throw badRequest(faults);
  }

  /** What is wrong with fields, by their paths. Where the setting `strict_attributes` is true, so is every field that nobody has defined. */
  async faults(
    workspaceId: string,
    subject: AttributeSubject,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Record<string, string[]>> {
    if (customFields === undefined || Object.keys(customFields).length === 0) return {};
    const rules = (await this.of(workspaceId)).filter(({ appliesTo }) => appliesTo === subject);
    const strict = (await this.settings.of(workspaceId)).strict_attributes === true;
    return valueFaults(customFields, rules, strict);
  }

  /** The types of the fields that are defined, by their keys. */
  async typesOf(workspaceId: string, subject: AttributeSubject): Promise<ReadonlyMap<string, AttributeType>> {
    return new Map(
      (await this.of(workspaceId)).filter(({ appliesTo }) => appliesTo === subject).map(({ key, type }) => [key, type]),
    );
  }

  /** Forgets what is remembered of a workspace. */
  forget(workspaceId: string): void {
    this.known.delete(workspaceId);
  }

  private async of(workspaceId: string): Promise<readonly AttributeDefinitionView[]> {
    const known = this.known.get(workspaceId);
    if (known) return known;
    const definitions = await this.definitions.all(workspaceId);
    this.known.set(workspaceId, definitions);
    return definitions;
  }
}
