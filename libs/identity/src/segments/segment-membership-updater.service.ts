import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { ValidFilter } from '@parley/kernel/filter';
import { defineJob, Jobs } from '@parley/kernel/jobs';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository } from '../contacts/contact-lists.repository.js';
import { SegmentEntered, SegmentLeft } from '../identity.events.js';
import { isCompanyDependent } from './segment-filter.js';
import { SegmentMembersRepository, type SegmentCriteria } from './segment-members.repository.js';
import type { SegmentView } from './segment.view.js';
import { SegmentsRepository } from './segments.repository.js';

/** Recomputes the members of a segment. */
export const REFRESH_SEGMENT = defineJob<{ readonly workspaceId: string; readonly segmentId: string }>(
  'identity.refresh-segment',
  { attempts: 10, aliases: ['identity.keep-segment'] },
);

const PAGE_SIZE = 500;

/** Updates segment memberships and emits `segment.entered` and `segment.left`. */
@Injectable()
export class SegmentMembershipUpdater {
  constructor(
    private readonly segments: SegmentsRepository,
    private readonly members: SegmentMembersRepository,
    private readonly contacts: ContactListsRepository,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Recomputes the memberships of some contacts in all segments; in the caller's unit of work. */
  async recompute(workspaceId: string, contactIds: readonly string[]): Promise<void> {
    const segments = (await this.segments.lock(workspaceId, null)).flatMap(toCriteria);
    for (let offset = 0; segments.length > 0 && offset < contactIds.length; offset += PAGE_SIZE)
      await this.updateMembers(workspaceId, segments, contactIds.slice(offset, offset + PAGE_SIZE));
  }

  /** Recomputes the memberships of all contacts in one segment, one unit of work per page. */
  async recomputeAll(workspaceId: string, segmentId: string): Promise<void> {
    const until = this.clock.now().toISOString();
    for (let after: string | null = null; ;) {
      const ids: string[] = await this.contacts.listIds(
        workspaceId,
        { ids: null, filter: null },
        after,
        until,
        PAGE_SIZE,
      );
      if (ids.length === 0) return;
      await this.unitOfWork.run(async () => {
        const segments = (await this.segments.lock(workspaceId, segmentId)).flatMap(toCriteria);
        if (segments.length > 0) await this.updateMembers(workspaceId, segments, ids);
      });
      after = ids.at(-1)!;
    }
  }

  /** Enqueues {@link recomputeAll} for a segment; in the caller's unit of work. */
  async enqueueRecompute(workspaceId: string, segmentId: string): Promise<void> {
    await this.jobs.enqueue(REFRESH_SEGMENT, { workspaceId, segmentId }, { key: segmentId, workspaceId });
  }

  /** Enqueues {@link recomputeAll} for all segments that depend on companies; in the caller's unit of work. */
  async enqueueCompanyDependent(workspaceId: string): Promise<void> {
    for (const segment of await this.segments.lock(workspaceId, null)) {
      if (toCriteria(segment).some(({ filter }) => isCompanyDependent(filter)))
        await this.enqueueRecompute(workspaceId, segment.id);
    }
  }

  /** Enqueues {@link recomputeAll} for all time-dependent segments; in the caller's unit of work. */
  async enqueueTimeDependent(): Promise<void> {
    for (const { workspaceId, id } of await this.segments.listTimeDependent())
      await this.enqueueRecompute(workspaceId, id);
  }

  private async updateMembers(
    workspaceId: string,
    segments: readonly SegmentCriteria[],
    contactIds: readonly string[],
  ): Promise<void> {
    for (const { change, segmentId, contactId } of await this.members.update(
      workspaceId,
      segments,
      contactIds,
      this.clock.now(),
    )) {
      const data = { contact_id: contactId };
      this.events.append(
        change === 'entered'
          ? new SegmentEntered(segmentId, data, workspaceId)
          : new SegmentLeft(segmentId, data, workspaceId),
      );
    }
  }
}

function toCriteria({ id, filter }: SegmentView): SegmentCriteria[] {
  const valid = parseFilterOrNull(filter);
  return valid ? [{ id, filter: valid }] : [];
}

/** A stored filter can contain fields that no longer exist. */
function parseFilterOrNull(filter: unknown): ValidFilter | null {
  try {
    return parseContactFilter(filter);
  } catch {
    return null;
  }
}
