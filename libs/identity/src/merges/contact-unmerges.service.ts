import { Injectable } from '@nestjs/common';
import { Clock, DomainError, Events, notFound, UnitOfWork, unprocessable } from '@parley/kernel';
import { differences } from '../contacts/contact-changes.js';
import { ContactHoldingsRegistry } from '../holdings/contact-holdings.service.js';
import { ContactUnmerged } from '../identity.events.js';
import { fieldsOf, unmergedState } from './contact-merge.js';
import type { ContactMergeRecord, ContactMergeView } from './contact-merge.view.js';
import { ContactMergesRepository } from './contact-merges.repository.js';
import { ContactRevivals } from './contact-revivals.service.js';
import { MergedContactsRepository, type MergeableContact } from './merged-contacts.repository.js';

const DAY_MS = 86_400_000;

/** Until when a merge can be undone. */
export function undoableUntil(createdAt: string): Date {
  return new Date(Date.parse(createdAt) + 30 * DAY_MS);
}

/** Takes merges back. */
@Injectable()
export class ContactUnmerges {
  constructor(
    private readonly merges: ContactMergesRepository,
    private readonly rows: MergedContactsRepository,
    private readonly revivals: ContactRevivals,
    private readonly holdings: ContactHoldingsRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Brings the merged contacts back, with what they had and still is the target's. What came or was changed since stays with
   * the target; addresses that are another contact's by now are not given back.
   * @throws DomainError NOT_FOUND, CONFLICT when it was undone already, UNPROCESSABLE after 30 days, or when another merge has to be undone first.
   */
  undo(workspaceId: string, id: string): Promise<ContactMergeView> {
    return this.unitOfWork.run(async () => {
      const merge = await this.merges.lock(workspaceId, id);
      if (!merge) throw notFound('Merge');
      const now = this.clock.now();
      if (merge.undoneAt !== null)
        throw new DomainError('CONFLICT', 'This merge was undone already', { undone_at: merge.undoneAt });
      if (now >= undoableUntil(merge.createdAt))
        throw unprocessable('A merge can be undone for 30 days', { created_at: merge.createdAt });
      const locked = await this.rows.lock(workspaceId, [merge.targetId, ...merge.contactIds]);
      const target = locked.get(merge.targetId);
      if (!target || target.deleted) throw gone(target);
      const newest = await this.merges.newestInto(workspaceId, merge.targetId);
      if (newest !== id) throw unprocessable('Another merge has to be undone first', { undo_first: newest });
      await this.part(
        workspaceId,
        merge,
        target,
        merge.contactIds.flatMap((contactId) => locked.get(contactId) ?? []),
        now.toISOString(),
      );
      return (await this.merges.find(workspaceId, id))!;
    });
  }

  private async part(
    workspaceId: string,
    merge: ContactMergeRecord,
    target: MergeableContact,
    sources: readonly MergeableContact[],
    now: string,
  ): Promise<void> {
    const state = unmergedState(target, merge.before, merge.after, sources);
    await this.rows.write(workspaceId, target.id, state, now);
    for (const source of sources) await this.revivals.revive(workspaceId, source, now);
    const holders = new Map(this.holdings.all());
    for (const [name, receipt] of Object.entries(merge.receipts))
      await holders.get(name)?.giveBack(workspaceId, target.id, receipt);
    await this.merges.noteUndone(workspaceId, merge.id, now);
    const { changed } = differences(target, fieldsOf(state));
    this.events.append(new ContactUnmerged(target.id, { merge_id: merge.id, contact_ids: merge.contactIds, changed }));
  }
}

function gone(target: MergeableContact | undefined): DomainError {
  if (target?.mergeId) return unprocessable('Another merge has to be undone first', { undo_first: target.mergeId });
  return unprocessable('The contact that the others were merged into was deleted');
}
