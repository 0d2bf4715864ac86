import { Injectable } from '@nestjs/common';
import {
  badRequest,
  Clock,
  currentActor,
  Events,
  newId,
  notFound,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
  type TimeRange,
} from '@parley/kernel';
import { differences } from '../contacts/contact-changes.js';
import { ContactsService } from '../contacts/contacts.service.js';
import type { MergeReceipt } from '../holdings/contact-holdings.js';
import { ContactHoldingsRegistry } from '../holdings/contact-holdings.service.js';
import { ContactMerged } from '../identity.events.js';
import { fieldsOf, mergedState, mergeFault, stateOf, type MergeState } from './contact-merge.js';
import type { ContactMergeView } from './contact-merge.view.js';
import { ContactMergesRepository } from './contact-merges.repository.js';
import { MergedContactsRepository, type MergeableContact } from './merged-contacts.repository.js';

/** Makes several contacts one. */
@Injectable()
export class ContactMerges {
  constructor(
    private readonly merges: ContactMergesRepository,
    private readonly rows: MergedContactsRepository,
    private readonly contacts: ContactsService,
    private readonly holdings: ContactHoldingsRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Merges into a contact. @throws DomainError NOT_FOUND */
  async list(
    workspaceId: string,
    contactId: string,
    range: TimeRange,
    request: PageRequest,
  ): Promise<Page<ContactMergeView>> {
    await this.contacts.get(workspaceId, contactId);
    return this.merges.list(workspaceId, contactId, range, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ContactMergeView> {
    const merge = await this.merges.find(workspaceId, id);
    if (!merge) throw notFound('Merge');
    return merge;
  }

  /**
   * Merges contacts into another, in their order. All they have becomes the target's.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE when one of them is no contact, or too much would come together.
   */
  merge(workspaceId: string, targetId: string, contactIds: readonly string[]): Promise<ContactMergeView> {
    const sourceIds = [...new Set(contactIds.map((id) => id.toLowerCase()))];
    if (sourceIds.includes(targetId))
      throw badRequest({ contact_ids: ['contact_ids must not name the contact itself'] });
    return this.unitOfWork.run(async () => {
      const locked = await this.rows.lock(workspaceId, [targetId, ...sourceIds]);
      const target = locked.get(targetId);
      if (!target || target.deleted) throw await this.contacts.missing(workspaceId, targetId);
      const sources = present(locked, sourceIds);
      const after = mergedState(target, sources);
      const fault = mergeFault(after);
      if (fault) throw unprocessable(fault);
      const id = newId();
      await this.join(workspaceId, id, target, sources, after);
      const { changed } = differences(target, fieldsOf(after));
      this.events.append(new ContactMerged(targetId, { merge_id: id, contact_ids: sourceIds, changed }));
      return this.get(workspaceId, id);
    });
  }

  private async join(
    workspaceId: string,
    id: string,
    target: MergeableContact,
    sources: readonly MergeableContact[],
    after: MergeState,
  ): Promise<void> {
    const now = this.clock.now().toISOString();
    const contactIds = sources.map((source) => source.id);
    await this.merges.add(
      workspaceId,
      { id, targetId: target.id, contactIds, before: stateOf(target), after: stateOf(after), createdAt: now },
      currentActor(),
    );
    await this.rows.bury(workspaceId, contactIds, target.id, id, now);
    await this.rows.write(workspaceId, target.id, after, now);
    const receipts: Record<string, MergeReceipt> = {};
    for (const [name, holder] of this.holdings.all())
      receipts[name] = await holder.reassign(workspaceId, contactIds, target.id);
    await this.merges.keepReceipts(workspaceId, id, receipts);
  }
}

function present(locked: ReadonlyMap<string, MergeableContact>, ids: readonly string[]): MergeableContact[] {
  const found = ids.flatMap((id) => locked.get(id) ?? []).filter(({ deleted }) => !deleted);
  const missing = ids.filter((id) => !found.some((contact) => contact.id === id));
  if (missing.length > 0) throw unprocessable('There is no contact with this id', { contact_ids: missing });
  return found;
}
