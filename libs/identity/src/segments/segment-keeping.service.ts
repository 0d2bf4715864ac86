import { Injectable } from '@nestjs/common';
import { Clock, defineJob, Events, Jobs, UnitOfWork, type ValidFilter } from '@parley/kernel';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository } from '../contacts/contact-lists.repository.js';
import { SegmentEntered, SegmentLeft } from '../identity.events.js';
import { readsCompanies } from './segment-filter.js';
import { SegmentMembersRepository, type SegmentToKeep } from './segment-members.repository.js';
import type { SegmentView } from './segment.view.js';
import { SegmentsRepository } from './segments.repository.js';

/** Finds out anew who belongs to a segment. */
export const KEEP_SEGMENT = defineJob<{ readonly workspaceId: string; readonly segmentId: string }>(
  'identity.keep-segment',
  { attempts: 10 },
);

const PAGE = 500;

/** Keeps who belongs to segments, and tells of who comes and goes. */
@Injectable()
export class SegmentKeeping {
  constructor(
    private readonly segments: SegmentsRepository,
    private readonly members: SegmentMembersRepository,
    private readonly contacts: ContactListsRepository,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Looks again at some contacts, in all segments of the workspace; in the caller's unit of work. */
  async look(workspaceId: string, contactIds: readonly string[]): Promise<void> {
    const segments = (await this.segments.lock(workspaceId, null)).flatMap(toKeep);
    for (let at = 0; segments.length > 0 && at < contactIds.length; at += PAGE)
      await this.keep(workspaceId, segments, contactIds.slice(at, at + PAGE));
  }

  /** Looks again at everybody, for one segment, page by page. */
  async lookAtAll(workspaceId: string, segmentId: string): Promise<void> {
    const until = this.clock.now().toISOString();
    for (let after: string | null = null; ;) {
      const ids: string[] = await this.contacts.idsOf(workspaceId, { ids: null, filter: null }, after, until, PAGE);
      if (ids.length === 0) return;
      await this.unitOfWork.run(async () => {
        const segments = (await this.segments.lock(workspaceId, segmentId)).flatMap(toKeep);
        if (segments.length > 0) await this.keep(workspaceId, segments, ids);
      });
      after = ids.at(-1)!;
    }
  }

  /** Has everybody looked at again for a segment; in the caller's unit of work. */
  async lookLater(workspaceId: string, segmentId: string): Promise<void> {
    await this.jobs.enqueue(KEEP_SEGMENT, { workspaceId, segmentId }, { key: segmentId, workspaceId });
  }

  /** Has everybody looked at again for segments that look at companies; in the caller's unit of work. */
  async lookLaterForCompanies(workspaceId: string): Promise<void> {
    for (const segment of await this.segments.lock(workspaceId, null)) {
      if (toKeep(segment).some(({ filter }) => readsCompanies(filter))) await this.lookLater(workspaceId, segment.id);
    }
  }

  /** Has segments looked at again that contacts enter and leave as time goes by; in the caller's unit of work. */
  async lookLaterAtMoving(): Promise<void> {
    for (const { workspaceId, id } of await this.segments.moving()) await this.lookLater(workspaceId, id);
  }

  private async keep(
    workspaceId: string,
    segments: readonly SegmentToKeep[],
    contactIds: readonly string[],
  ): Promise<void> {
    for (const { what, segmentId, contactId } of await this.members.keep(
      workspaceId,
      segments,
      contactIds,
      this.clock.now(),
    )) {
      const data = { contact_id: contactId };
      this.events.append(
        what === 'entered'
          ? new SegmentEntered(segmentId, data, workspaceId)
          : new SegmentLeft(segmentId, data, workspaceId),
      );
    }
  }
}

function toKeep({ id, filter }: SegmentView): SegmentToKeep[] {
  const valid = stillValid(filter);
  return valid ? [{ id, filter: valid }] : [];
}

/** A filter that an older version took may name what is no field any more. */
function stillValid(filter: unknown): ValidFilter | null {
  try {
    return parseContactFilter(filter);
  } catch {
    return null;
  }
}
