import { sentence } from '@parley/kernel';
import { filterProblems, filterReferences, type Inspection, type Problem } from '@parley/kernel/references';
import { validateEventNames } from './event-catalogue.js';
import { parseWebhookFilter, WEBHOOK_FIELDS, webhookFieldsOf } from './webhook-filter.js';

/** The references and problems of a webhook. */
export function inspectWebhook({
  events,
  filter,
}: {
  readonly events: readonly string[];
  readonly filter: unknown;
}): Inspection {
  const problems = events.flatMap((event, index): Problem[] =>
    validateEventNames([event]).map((error) => ({
      path: ['events', index],
      code: 'unknown_event',
      message: sentence`${error}`,
      target: null,
    })),
  );
  if (filter == null) return { references: [], problems };
  return {
    references: filterReferences(filter, WEBHOOK_FIELDS),
    problems: [...problems, ...filterProblems(parseWebhookFilter(filter, webhookFieldsOf(events)))],
  };
}
