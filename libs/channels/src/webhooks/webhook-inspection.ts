import { sentence } from '@parley/kernel';
import { filterProblems, filterReferences, type Inspection, type Problem } from '@parley/kernel/references';
import { validateEventNames } from './event-catalogue.js';
import { parseWebhookFilter, WEBHOOK_FIELDS } from './webhook-filter.js';
import type { WebhookView } from './webhook.view.js';

/** The references and problems of a webhook. */
export function inspectWebhook({ events, filter }: Pick<WebhookView, 'events' | 'filter'>): Inspection {
  const problems = events.flatMap((event, index): Problem[] =>
    validateEventNames([event]).map((error) => ({
      path: ['events', index],
      code: 'unknown_event',
      message: sentence`${error}`,
      target: null,
    })),
  );
  if (filter === null) return { references: [], problems };
  return {
    references: filterReferences(filter, WEBHOOK_FIELDS),
    problems: [...problems, ...filterProblems(parseWebhookFilter(filter))],
  };
}
