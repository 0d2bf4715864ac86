import { Injectable } from '@nestjs/common';
import { Clock, DomainError, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { diffContact } from '../contacts/contact-patch.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { ContactUnmerged } from '../identity.events.js';
import { toContactPatch, undoMergeState } from './contact-merge.js';
import type { ContactMergeRecord, ContactMergeView } from './contact-merge.view.js';
import { ContactMergesRepository } from './contact-merges.repository.js';
import { ContactRestorer } from './contact-restorer.service.js';
import { MergedContactsRepository, type MergeableContact } from './merged-contacts.repository.js';

const DAY_MS = 86_400_000;

/** Time until which a merge can be undone: 30 days after it. */
export function undoDeadline(createdAt: string): Date {
  return new Date(Date.parse(createdAt) + 30 * DAY_MS);
}

/** Undoes merges. */
@Injectable()
export class ContactUnmergeService {
  constructor(
    private readonly merges: ContactMergesRepository,
    private readonly mergedContacts: MergedContactsRepository,
    private readonly restorer: ContactRestorer,
    private readonly contactData: ContactDataRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Restores the merged contacts, with the data that they had and that still belongs to the target. Data that was added
   * or changed since stays with the target. Addresses that another contact uses by now are not restored.
   * @throws DomainError NOT_FOUND; CONFLICT if the merge was already undone; UNPROCESSABLE after 30 days, or if another
   * merge must be undone first.
   */
  undo(workspaceId: string, id: string): Promise<ContactMergeView> {
    return this.unitOfWork.run(async () => {
      const merge = await this.merges.lock(workspaceId, id);
      if (!merge) throw notFoundError('Merge');
      const now = this.clock.now();
      if (merge.undoneAt !== null)
        throw new DomainError('CONFLICT', 'This merge was already undone', { undoneAt: merge.undoneAt });
      if (now >= undoDeadline(merge.createdAt))
        throw unprocessableError('A merge can be undone only within 30 days', { createdAt: merge.createdAt });
      const locked = await this.mergedContacts.lock(workspaceId, [merge.targetId, ...merge.contactIds]);
      const target = locked.get(merge.targetId);
      if (!target || target.deleted) throw targetMissingError(target);
      const newest = await this.merges.findNewestId(workspaceId, merge.targetId);
      if (newest !== id) throw unprocessableError('Another merge must be undone first', { undoMergeFirst: newest });
      await this.applyUndo(
        workspaceId,
        merge,
        target,
        merge.contactIds.flatMap((contactId) => locked.get(contactId) ?? []),
        now.toISOString(),
      );
      return (await this.merges.find(workspaceId, id))!;
    });
  }

  private async applyUndo(
    workspaceId: string,
    merge: ContactMergeRecord,
    target: MergeableContact,
    sources: readonly MergeableContact[],
    now: string,
  ): Promise<void> {
    const state = undoMergeState(target, merge.before, merge.after, sources);
    await this.mergedContacts.update(workspaceId, target.id, state, now);
    for (const source of sources) await this.restorer.restore(workspaceId, source, now);
    const owners = new Map(this.contactData.all());
    for (const [name, receipt] of Object.entries(merge.receipts))
      await owners.get(name)?.restore(workspaceId, target.id, receipt);
    await this.merges.markUndone(workspaceId, merge.id, now);
    const { changed } = diffContact(target, toContactPatch(state));
    this.events.append(new ContactUnmerged(target.id, { merge_id: merge.id, contact_ids: merge.contactIds, changed }));
  }
}

function targetMissingError(target: MergeableContact | undefined): DomainError {
  if (target?.mergeId)
    return unprocessableError('Another merge must be undone first', { undoMergeFirst: target.mergeId });
  return unprocessableError('The contact that the others were merged into was deleted');
}
