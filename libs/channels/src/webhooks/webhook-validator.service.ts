import { Injectable } from '@nestjs/common';
import { assertNoIssues, sentence, type InputIssue } from '@parley/kernel';
import type { FilterNode } from '@parley/kernel/filter';
import { OutboundHttpService } from '@parley/kernel/net';
import { ReferencesService } from '@parley/kernel/references';
import { validateEventNames } from './event-catalogue.js';
import { parseWebhookFilter } from './webhook-filter.js';
import { inspectWebhook } from './webhook-inspection.js';
import type { WebhookSettings } from './webhook.view.js';

/** Validates the settings of webhooks when they are saved. */
@Injectable()
export class WebhookValidator {
  constructor(
    private readonly outbound: OutboundHttpService,
    private readonly references: ReferencesService,
  ) {}

  /**
   * Returns the validated settings. A filter can use the fields of the events of the subscription, and the IDs of
   * existing users, teams and inboxes. Resolves host names, so it runs outside of a unit of work.
   * @param storedEvents subscription of the webhook if `settings` has none.
   * @throws DomainError BAD_REQUEST with all errors by path.
   */
  async validate<Settings extends Partial<WebhookSettings>>(
    workspaceId: string,
    settings: Settings,
    storedEvents: readonly string[] = [],
  ): Promise<Settings> {
    const { url, events, filter } = settings;
    const urlError = url === undefined ? null : await this.outbound.blockReason(url);
    assertNoIssues([
      ...(urlError ? [{ path: ['url'], message: urlError }] : []),
      ...validateEventNames(events ?? []).map((error) => ({ path: ['events'], message: sentence`${error}` })),
      ...(filter == null ? [] : await this.findFilterIssues(workspaceId, filter, events ?? storedEvents)),
    ]);
    const parsed = filter == null ? null : parseWebhookFilter(filter);
    return {
      ...settings,
      ...(events && { events: [...new Set(events)] }),
      ...(parsed?.ok && { filter: parsed.filter.source as FilterNode }),
    };
  }

  private async findFilterIssues(
    workspaceId: string,
    filter: unknown,
    events: readonly string[],
  ): Promise<readonly InputIssue[]> {
    const [inspected] = await this.references.attachProblems(workspaceId, [{ events, filter }], inspectWebhook);
    return inspected!.problems.filter(({ path, isTolerated }) => path[0] === 'filter' && !isTolerated);
  }
}
