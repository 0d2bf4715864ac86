import { Injectable } from '@nestjs/common';
import {
  badRequest,
  Clock,
  currentActor,
  DomainError,
  Events,
  newId,
  notFound,
  Timers,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import { ContactFieldChecks } from '../contacts/contact-fields.service.js';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { ContactBlocked, ContactUnblocked, VisitorBlocked, VisitorUnblocked } from '../identity.events.js';
import type { BlocksFilter, BlockTarget, BlockView } from './block.view.js';
import { BlocksRepository } from './blocks.repository.js';
import { toNetwork } from './network.js';

/** Kind of the timer that ends a block. */
export const UNBLOCK = 'identity.unblock';

/** Keeps people from writing in. */
@Injectable()
export class BlocksService {
  constructor(
    private readonly blocks: BlocksRepository,
    private readonly contacts: ContactsRepository,
    private readonly checks: ContactFieldChecks,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for what is no telephone number, address or network. */
  async list(
    workspaceId: string,
    { phone, network, ...filter }: BlocksFilter,
    request: PageRequest,
  ): Promise<Page<BlockView>> {
    const number = phone === undefined ? {} : await this.checks.check(workspaceId, { phone });
    return this.blocks.list(
      workspaceId,
      { ...filter, ...(number as { phone?: string }), ...(network !== undefined && { network: networkOf(network) }) },
      request,
    );
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BlockView> {
    const block = await this.blocks.find(workspaceId, id);
    if (!block) throw notFound('Block');
    return block;
  }

  /** Whether who comes from an IP address is kept from writing in. */
  isAddressBlocked(workspaceId: string, address: string): Promise<boolean> {
    return this.blocks.blocksAddress(workspaceId, address);
  }

  /**
   * Keeps somebody from writing in, until a time or for good. Contacts that it is about are `blocked` from then on, and
   * so are those who get the e-mail or telephone number later.
   * @throws DomainError BAD_REQUEST, CONFLICT when they are blocked already, UNPROCESSABLE when there is no such contact.
   */
  async block(
    workspaceId: string,
    target: BlockTarget,
    reason: string | null,
    expiresAt: string | null,
  ): Promise<BlockView> {
    const checked = await this.checked(workspaceId, target);
    const now = this.clock.now();
    if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime())
      throw badRequest({ expires_at: ['expires_at must be in the future'] });
    return this.unitOfWork.run(async () => {
      if (checked.contactId !== null) await this.assertFree(workspaceId, checked.contactId);
      const block = await this.blocks.add(workspaceId, {
        id: newId(),
        ...checked,
        reason,
        createdBy: currentActor(),
        expiresAt,
        createdAt: now.toISOString(),
      });
      if (!block) throw blockedAlready();
      if (expiresAt !== null)
        await this.timers.set({ workspaceId, kind: UNBLOCK, key: block.id, payload: {}, dueAt: new Date(expiresAt) });
      const facts = { block_id: block.id, reason, expires_at: expiresAt };
      const concerned = await this.blocks.refresh(workspaceId, await this.blocks.concerned(workspaceId, block));
      for (const { id } of concerned) this.events.append(new ContactBlocked(id, facts));
      if (concerned.length === 0) this.events.append(new VisitorBlocked(block.id, facts));
      return block;
    });
  }

  /** Lifts a block. @throws DomainError NOT_FOUND */
  lift(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const block = await this.get(workspaceId, id);
      const contactIds = await this.blocks.concerned(workspaceId, block);
      if (!(await this.blocks.delete(workspaceId, id))) throw notFound('Block');
      await this.timers.cancel(workspaceId, UNBLOCK, id);
      const concerned = await this.blocks.refresh(workspaceId, contactIds);
      for (const contact of concerned) this.events.append(new ContactUnblocked(contact.id, { block_id: id }));
      if (concerned.length === 0) this.events.append(new VisitorUnblocked(id, { block_id: id }));
    });
  }

  /** Lifts a block whose time is over; nothing happens when it was lifted meanwhile. */
  async expire(workspaceId: string, id: string): Promise<void> {
    if (await this.blocks.find(workspaceId, id)) await this.lift(workspaceId, id);
  }

  private async assertFree(workspaceId: string, contactId: string): Promise<void> {
    if (!(await this.contacts.lock(workspaceId, contactId)))
      throw unprocessable('There is no contact with this id', { contact_id: contactId });
    if (await this.blocks.isContactBlocked(workspaceId, contactId)) throw blockedAlready();
  }

  private async checked(
    workspaceId: string,
    { contactId = null, email = null, phone = null, address = null }: Partial<Record<keyof BlockTarget, string | null>>,
  ): Promise<Pick<BlockView, 'contactId' | 'email' | 'phone' | 'network'>> {
    if ([contactId, email, phone, address].filter((one) => one !== null).length !== 1)
      throw badRequest({ contact_id: ['say whom: exactly one of contact_id, email, phone and ip_address'] });
    const network = address === null ? null : networkOf(address);
    const { phone: number = null } = phone === null ? {} : await this.checks.check(workspaceId, { phone });
    return { contactId, email, phone: number, network };
  }
}

function networkOf(address: string): string {
  const network = toNetwork(address);
  if (network === null)
    throw badRequest({ ip_address: ['ip_address must be an IP address, or a network such as 203.0.113.0/24'] });
  return network;
}

function blockedAlready(): DomainError {
  return new DomainError('CONFLICT', 'They are blocked already');
}
