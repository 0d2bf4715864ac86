import { Injectable } from '@nestjs/common';
import {
  Clock,
  currentActor,
  DomainError,
  invalidInputError,
  newId,
  notFoundError,
  sentence,
  unprocessableFieldError,
} from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { Timers } from '@parley/kernel/timers';
import { ContactFieldParser } from '../contacts/contact-field-parser.service.js';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { ContactBlocked, ContactUnblocked, VisitorBlocked, VisitorUnblocked } from '../identity.events.js';
import type { BlocksFilter, BlockVisitorInput, BlockView } from './block.view.js';
import { BlocksRepository } from './blocks.repository.js';
import { toNetwork } from './network.js';

/** Kind of the timer that ends a block. */
export const UNBLOCK_TIMER = 'identity.unblock';

/** Blocks contacts, e-mails, phone numbers and networks. */
@Injectable()
export class BlocksService {
  constructor(
    private readonly blocks: BlocksRepository,
    private readonly contacts: ContactsRepository,
    private readonly contactFieldParser: ContactFieldParser,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for an invalid phone number, IP address or network. */
  async list(
    workspaceId: string,
    { phone, network, ...filter }: BlocksFilter,
    request: PageRequest,
  ): Promise<Page<BlockView>> {
    const number = phone === undefined ? {} : await this.contactFieldParser.parse(workspaceId, { phone });
    return this.blocks.list(
      workspaceId,
      {
        ...filter,
        ...number,
        ...(network !== undefined && { network: parseNetwork('network', network) }),
      },
      request,
    );
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BlockView> {
    const block = await this.blocks.find(workspaceId, id);
    if (!block) throw notFoundError('Block');
    return block;
  }

  /** True if the IP address is in a blocked network. */
  isAddressBlocked(workspaceId: string, address: string): Promise<boolean> {
    return this.blocks.isAddressBlocked(workspaceId, address);
  }

  /**
   * Creates a block, with an optional end. Sets `blocked` on all affected contacts. Contacts that get the blocked
   * e-mail or phone number later become blocked as well.
   * @throws DomainError BAD_REQUEST; CONFLICT if the target is already blocked; UNPROCESSABLE if the contact does not
   * exist.
   */
  async block(
    workspaceId: string,
    target: BlockVisitorInput,
    reason: string | null,
    expiresAt: string | null,
  ): Promise<BlockView> {
    const validated = await this.validateTarget(workspaceId, target);
    const now = this.clock.now();
    if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime())
      throw invalidInputError('expiresAt', 'must be in the future');
    return this.unitOfWork.run(async () => {
      if (validated.contactId !== null) await this.assertNotBlocked(workspaceId, validated.contactId);
      const block = await this.blocks.add(workspaceId, {
        id: newId(),
        ...validated,
        reason,
        createdBy: currentActor(),
        expiresAt,
        createdAt: now.toISOString(),
      });
      if (!block) throw alreadyBlockedError();
      if (expiresAt !== null)
        await this.timers.set({
          workspaceId,
          kind: UNBLOCK_TIMER,
          key: block.id,
          payload: {},
          dueAt: new Date(expiresAt),
        });
      const eventData = { block_id: block.id, reason, expires_at: expiresAt };
      const affected = await this.contacts.refreshBlocked(
        workspaceId,
        await this.blocks.listAffectedContactIds(workspaceId, block),
      );
      for (const { id } of affected) this.events.append(new ContactBlocked(id, eventData));
      if (affected.length === 0) this.events.append(new VisitorBlocked(block.id, eventData));
      return block;
    });
  }

  /** Deletes a block. @throws DomainError NOT_FOUND */
  unblock(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const block = await this.get(workspaceId, id);
      const contactIds = await this.blocks.listAffectedContactIds(workspaceId, block);
      if (!(await this.blocks.delete(workspaceId, id))) throw notFoundError('Block');
      await this.timers.cancel(workspaceId, UNBLOCK_TIMER, id);
      const affected = await this.contacts.refreshBlocked(workspaceId, contactIds);
      for (const contact of affected) this.events.append(new ContactUnblocked(contact.id, { block_id: id }));
      if (affected.length === 0) this.events.append(new VisitorUnblocked(id, { block_id: id }));
    });
  }

  /** Deletes a block that has expired. Does nothing if it was deleted meanwhile. */
  async expire(workspaceId: string, id: string): Promise<void> {
    if (await this.blocks.find(workspaceId, id)) await this.unblock(workspaceId, id);
  }

  private async assertNotBlocked(workspaceId: string, contactId: string): Promise<void> {
    if (!(await this.contacts.lock(workspaceId, contactId)))
      throw unprocessableFieldError('contactId', 'Contact not found', contactId);
    if (await this.blocks.isContactBlocked(workspaceId, contactId)) throw alreadyBlockedError();
  }

  private async validateTarget(
    workspaceId: string,
    {
      contactId = null,
      email = null,
      phone = null,
      address = null,
    }: Partial<Record<keyof BlockVisitorInput, string | null>>,
  ): Promise<Pick<BlockView, 'contactId' | 'email' | 'phone' | 'network'>> {
    if ([contactId, email, phone, address].filter((value) => value !== null).length !== 1)
      throw invalidInputError(
        'contactId',
        sentence`exactly one of ${['contactId']}, ${['email']}, ${['phone']} and ${['address']} is required`,
      );
    const network = address === null ? null : parseNetwork('address', address);
    const { phone: number = null } = phone === null ? {} : await this.contactFieldParser.parse(workspaceId, { phone });
    return { contactId, email, phone: number, network };
  }
}

function parseNetwork(field: string, address: string): string {
  const network = toNetwork(address);
  if (network === null)
    throw invalidInputError(field, 'must be an IP address or a network in CIDR notation, for example 203.0.113.0/24');
  return network;
}

function alreadyBlockedError(): DomainError {
  return new DomainError('CONFLICT', 'This target is already blocked');
}
