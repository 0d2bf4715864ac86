import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactDataOwner, MergeReceipt } from '../contact-data/contact-data-owner.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { BlocksRepository } from './blocks.repository.js';

interface BlocksReceipt extends MergeReceipt {
  readonly contact_ids: readonly string[];
  /** Previous contact ID of each block. */
  readonly blocks: Readonly<Record<string, string>>;
}

/** Moves blocks to the remaining contact of a merge and refreshes its blocked state. */
@Injectable()
export class BlockContactDataService implements ContactDataOwner, OnModuleInit {
  constructor(
    private readonly blocks: BlocksRepository,
    private readonly contacts: ContactsRepository,
    private readonly registry: ContactDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register('identity.blocks', this);
  }

  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<BlocksReceipt> {
    const blocks = await this.blocks.reassign(workspaceId, fromIds, toId);
    await this.contacts.refreshBlocked(workspaceId, [toId]);
    return { contact_ids: fromIds, blocks };
  }

  async restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    const { contact_ids: contactIds, blocks } = receipt as BlocksReceipt;
    await this.blocks.restore(workspaceId, toId, blocks);
    await this.contacts.refreshBlocked(workspaceId, [toId, ...contactIds]);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    const request = {
      limit: 100,
      start: { offset: 0 },
      direction: 'asc',
      countTotal: false,
    } as const;
    const { items } = await this.blocks.list(workspaceId, { contactIds: [contactId] }, request);
    for (const { id, reason, expiresAt, createdAt } of items)
      yield { kind: 'block', id, reason, expires_at: expiresAt, created_at: createdAt };
  }

  /** Blocks of the contact's e-mails, phone numbers and networks stay: they are independent of the contact. */
  async erase(workspaceId: string, contactId: string): Promise<void> {
    await this.blocks.deleteByContact(workspaceId, contactId);
  }
}
