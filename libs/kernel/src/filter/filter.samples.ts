import { defineFieldCatalogue, type FieldCatalogueDeclaration } from './field-catalogue.js';
import type { FilterPurpose, FilterSubject } from './filter-types.js';
import { parseFilter } from './parse-filter.js';
import type { ValidFilter } from './valid-filter.js';

/** The assignee of the sample subject. */
export const ASSIGNEE = '0190b6a1-7c00-7000-8000-00000000000a';

/** A field of each type and two families, for tests of the filter language. */
export const declaration: FieldCatalogueDeclaration = {
  fields: [
    { name: 'subject', type: 'text', nullable: true, sql: 'c.subject', description: '' },
    { name: 'reopen_count', type: 'number', nullable: true, sql: 'c.reopen_count', description: '' },
    { name: 'muted', type: 'boolean', nullable: true, sql: 'c.muted', description: '' },
    { name: 'created_at', type: 'date', nullable: true, sql: 'c.created_at', description: '' },
    { name: 'assignee', type: 'id', nullable: true, sql: 'c.assignee_id', description: '' },
    {
      name: 'status',
      type: 'enum',
      values: ['open', 'pending', 'closed'],
      nullable: false,
      sql: 'c.status',
      description: '',
    },
    { name: 'tags', type: 'text_list', nullable: true, sql: 'c.tags', description: '' },
    { name: 'message.body', type: 'text', nullable: true, description: 'Only in memory.' },
  ],
  families: [
    { prefix: 'custom_fields.', sql: 'c.custom_fields', description: '' },
    {
      prefix: 'contact.',
      description: '',
      typeOf: (key) => (key === 'plan' ? { type: 'enum', values: ['free', 'paid'] } : undefined),
    },
  ],
  events: true,
};

/** The catalogue of {@link declaration}. */
export const catalogue = defineFieldCatalogue(declaration);

/** The current time of sample subjects. */
export const NOW = new Date('2026-01-15T12:00:00.000Z');

/** A subject with these fields and changes. */
export function subjectOf(fields: Record<string, unknown>, changed?: FilterSubject['changed']): FilterSubject {
  return { get: (field) => fields[field], changed, now: NOW };
}

/** Parses a filter that must be valid. */
export function validFilter(input: unknown, purpose: FilterPurpose = 'memory'): ValidFilter {
  const parsed = parseFilter(input, catalogue, { purpose });
  if (!parsed.ok) throw new Error(parsed.issues.map(({ path, message }) => `${path} ${message}`).join('; '));
  return parsed.filter;
}

/** The issues of the filter, as `path message`. */
export function issuesOf(input: unknown, purpose: FilterPurpose = 'memory'): string[] {
  const parsed = parseFilter(input, catalogue, { purpose });
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path} ${message}`);
}
