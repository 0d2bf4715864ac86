import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactHoldings, MergeReceipt } from '../holdings/contact-holdings.js';
import { ContactHoldingsRegistry } from '../holdings/contact-holdings.service.js';
import { ContactIdentitiesRepository } from './contact-identities.repository.js';

interface IdentitiesReceipt extends MergeReceipt {
  /** Whose each identity was, by its id. */
  readonly identities: Readonly<Record<string, string>>;
}

/** What contacts are called in inboxes goes with them. */
@Injectable()
export class ContactIdentityHoldings implements ContactHoldings, OnModuleInit {
  constructor(
    private readonly identities: ContactIdentitiesRepository,
    private readonly registry: ContactHoldingsRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register('identity.identities', this);
  }

  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<IdentitiesReceipt> {
    return { identities: await this.identities.reassign(workspaceId, fromIds, toId) };
  }

  async giveBack(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    await this.identities.giveBack(workspaceId, toId, (receipt as IdentitiesReceipt).identities);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (const { id, inboxId, sourceId, createdAt } of await this.identities.all(workspaceId, contactId)) {
      yield { kind: 'contact_identity', id, inbox_id: inboxId, source_id: sourceId, created_at: createdAt };
    }
  }

  async erase(workspaceId: string, contactId: string): Promise<void> {
    await this.identities.deleteOfContact(workspaceId, contactId);
  }
}
