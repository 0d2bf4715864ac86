import { setTimeout as sleep } from 'node:timers/promises';

/** A request of the load. `conversationId` is null if it was not acknowledged. */
export interface SentRequest {
  readonly externalId: string;
  readonly conversationId: string | null;
}

const CLIENTS = 8;

/** Sends conversations and messages concurrently until it is stopped. No request is repeated. */
export class Load {
  readonly conversations: SentRequest[] = [];
  readonly messages: SentRequest[] = [];
  /** Responses other than 200, 201, 202 and 503, as `<status> <error>`. */
  readonly unexpected: string[] = [];
  private isRunning = false;
  private done: Promise<unknown> = Promise.resolve();
  private next = 0;

  constructor(
    private readonly url: string,
    private readonly key: string,
    /** True to send bulk updates too. */
    private readonly sendsBulkUpdates = false,
  ) {}

  start(): void {
    this.isRunning = true;
    this.done = Promise.all(Array.from({ length: CLIENTS }, () => this.client()));
  }

  /** Stops sending and waits for pending requests, which fail when the server ends. */
  async stop(): Promise<void> {
    this.isRunning = false;
    await this.done;
  }

  private async client(): Promise<void> {
    const ids: string[] = [];
    while (this.isRunning) {
      const externalId = `crash-${(this.next += 1)}`;
      const id = await this.post('/v1/conversations', {
        external_id: externalId,
        subject: externalId,
        contact: { email: `${externalId}@example.com`, name: externalId },
        tags: ['load'],
        message: { body: `The first of ${externalId}`, external_id: `${externalId}-first` },
      });
      this.conversations.push({ externalId, conversationId: id });
      if (id === null) await sleep(20);
      else {
        ids.push(id);
        await this.sendMessage(id, `${externalId}-second`);
        if (this.sendsBulkUpdates) await this.sendBulkUpdates(ids.slice(-20), externalId);
      }
    }
  }

  private async sendMessage(conversationId: string, externalId: string): Promise<void> {
    const id = await this.post(`/v1/conversations/${conversationId}/messages`, {
      body: `More: ${externalId}`,
      type: 'reply',
      external_id: externalId,
    });
    this.messages.push({ externalId, conversationId: id === null ? null : conversationId });
  }

  /** Updates conversations of one client and the contact of the last one, each also as a preview. */
  private async sendBulkUpdates(ids: readonly string[], externalId: string): Promise<void> {
    const filter = { field: 'email', operator: 'equals', value: `${externalId}@example.com` };
    for (const dryRun of [true, false]) {
      await this.post('/v1/conversations/bulk', { ids, update: { priority: 'high' }, dry_run: dryRun });
      await this.post('/v1/contacts/bulk', { filter, update: { tags: ['load'] }, dry_run: dryRun });
    }
  }

  private async post(path: string, body: object): Promise<string | null> {
    try {
      const response = await fetch(this.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.status === 201) return (JSON.parse(text) as { data: { id: string } }).data.id;
      if (![200, 202, 503].includes(response.status)) this.unexpected.push(`${response.status} ${text}`);
      return null;
    } catch {
      return null;
    }
  }
}
