import { parseFilter, type FilterNode } from '@parley/kernel/filter';
import { filterProblems, filterReferences, type Inspection } from '@parley/kernel/references';
import { CONTACT_FIELDS } from '../contacts/contact-filter-fields.js';

/** The references and problems of a segment. */
export function inspectSegment({ filter }: { readonly filter: FilterNode }): Inspection {
  return {
    references: filterReferences(filter, CONTACT_FIELDS),
    problems: filterProblems(parseFilter(filter, CONTACT_FIELDS, { purpose: 'sql' })),
  };
}
