import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import {
  filterReferences,
  pathsTo,
  ReferenceSource,
  type ReferenceTarget,
  type ReferringObject,
} from '@parley/kernel/references';
import { CONTACT_FIELDS } from '../contacts/contact-filter-fields.js';
import { COMPANY, CUSTOM_FIELD, TAG } from '../identity.references.js';

const FILTER_COMPANIES = statement(
  'identity.filter-referenced-companies',
  'select id from identity.companies where workspace_id = $1 and id = any($2::uuid[])',
);
const LIST_SEGMENTS = statement(
  'identity.list-segments-for-references',
  'select id, name, filter from identity.segments where workspace_id = $1 order by name, id limit 10000',
);

/** References to companies, custom fields and tags in the settings of this domain. */
@Injectable()
export class IdentityReferencesRepository {
  constructor(private readonly database: Database) {}

  /** The IDs that belong to companies. */
  async filterCompanies(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(FILTER_COMPANIES, [workspaceId, ids])).map(({ id }) => id);
  }

  @ReferenceSource({
    type: 'segment',
    scope: 'contacts:read',
    targets: [COMPANY, CUSTOM_FIELD, TAG],
    columns: ['identity.segments.filter'],
  })
  async findSegments(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    const rows = await this.database.rows<{ id: string; name: string; filter: FilterNode }>(LIST_SEGMENTS, [
      workspaceId,
    ]);
    return rows
      .map(({ id, name, filter }) => ({ id, name, paths: pathsTo(target, filterReferences(filter, CONTACT_FIELDS)) }))
      .filter(({ paths }) => paths.length > 0);
  }
}
