import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactDataOwner, MergeReceipt } from '../contact-data/contact-data-owner.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { ContactIdentitiesRepository } from './contact-identities.repository.js';

interface IdentitiesReceipt extends MergeReceipt {
  /** Previous contact ID of each identity. */
  readonly identities: Readonly<Record<string, string>>;
}

/** Moves, exports and erases the inbox identities of contacts. */
@Injectable()
export class IdentityContactDataService implements ContactDataOwner, OnModuleInit {
  constructor(
    private readonly identities: ContactIdentitiesRepository,
    private readonly registry: ContactDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register('identity.identities', this);
  }

  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<IdentitiesReceipt> {
    return { identities: await this.identities.reassign(workspaceId, fromIds, toId) };
  }

  async restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    await this.identities.restore(workspaceId, toId, (receipt as IdentitiesReceipt).identities);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (const { id, inboxId, sourceId, createdAt } of await this.identities.listAll(workspaceId, contactId)) {
      yield { kind: 'contact_identity', id, inbox_id: inboxId, source_id: sourceId, created_at: createdAt };
    }
  }

  async erase(workspaceId: string, contactId: string): Promise<void> {
    await this.identities.deleteByContact(workspaceId, contactId);
  }
}
