import { Injectable } from '@nestjs/common';
import {
  Clock,
  currentActor,
  invalidInputError,
  newId,
  notFoundError,
  unprocessableError,
  unprocessableFieldError,
} from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { diffContact } from '../contacts/contact-patch.js';
import { ContactsService } from '../contacts/contacts.service.js';
import type { MergeReceipt } from '../contact-data/contact-data-owner.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { ContactMerged } from '../identity.events.js';
import { toContactPatch, mergeStates, validateMergedState, toMergeState, type MergeState } from './contact-merge.js';
import type { ContactMergeView } from './contact-merge.view.js';
import { ContactMergesRepository } from './contact-merges.repository.js';
import { MergedContactsRepository, type MergeableContact } from './merged-contacts.repository.js';

/** Merges contacts. */
@Injectable()
export class ContactMergeService {
  constructor(
    private readonly merges: ContactMergesRepository,
    private readonly mergedContacts: MergedContactsRepository,
    private readonly contacts: ContactsService,
    private readonly contactData: ContactDataRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Merges into a contact, including undone merges. @throws DomainError NOT_FOUND */
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
    if (!merge) throw notFoundError('Merge');
    return merge;
  }

  /**
   * Merges contacts into another contact, in the given order, and moves all their data to it.
   * @throws DomainError NOT_FOUND, BAD_REQUEST; UNPROCESSABLE if one of them does not exist or the result exceeds a
   * limit.
   */
  merge(workspaceId: string, targetId: string, contactIds: readonly string[]): Promise<ContactMergeView> {
    const sourceIds = [...new Set(contactIds.map((id) => id.toLowerCase()))];
    if (sourceIds.includes(targetId)) throw invalidInputError('contactIds', 'must not contain the target contact');
    return this.unitOfWork.run(async () => {
      const locked = await this.mergedContacts.lock(workspaceId, [targetId, ...sourceIds]);
      const target = locked.get(targetId);
      if (!target || target.deleted) throw await this.contacts.buildNotFoundError(workspaceId, targetId);
      const sources = requireContacts(locked, sourceIds);
      const after = mergeStates(target, sources);
      const error = validateMergedState(after);
      if (error) throw unprocessableError(error);
      const id = newId();
      await this.applyMerge(workspaceId, id, target, sources, after);
      const { changed } = diffContact(target, toContactPatch(after));
      this.events.append(new ContactMerged(targetId, { merge_id: id, contact_ids: sourceIds, changed }));
      return this.get(workspaceId, id);
    });
  }

  private async applyMerge(
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
      { id, targetId: target.id, contactIds, before: toMergeState(target), after: toMergeState(after), createdAt: now },
      currentActor(),
    );
    await this.mergedContacts.markMerged(workspaceId, contactIds, target.id, id, now);
    await this.mergedContacts.update(workspaceId, target.id, after, now);
    const receipts: Record<string, MergeReceipt> = {};
    for (const [name, owner] of this.contactData.all())
      receipts[name] = await owner.reassign(workspaceId, contactIds, target.id);
    await this.merges.setReceipts(workspaceId, id, receipts);
  }
}

function requireContacts(locked: ReadonlyMap<string, MergeableContact>, ids: readonly string[]): MergeableContact[] {
  const found = ids.flatMap((id) => locked.get(id) ?? []).filter(({ deleted }) => !deleted);
  const missing = ids.filter((id) => !found.some((contact) => contact.id === id));
  if (missing.length > 0) throw unprocessableFieldError('contactIds', 'Contact not found', missing);
  return found;
}
