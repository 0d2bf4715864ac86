import { Injectable } from '@nestjs/common';
import { Clock, DomainError, fieldConflictError, newId, notFoundError } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsService } from '../contacts/contact-lists.service.js';
import type { ContactView } from '../contacts/contact.view.js';
import type { ContactOrder } from '../contacts/contacts-filter.js';
import { SegmentCreated, SegmentDeleted, SegmentUpdated } from '../identity.events.js';
import { isTimeDependent } from './segment-filter.js';
import { SegmentMembershipUpdater } from './segment-membership-updater.service.js';
import type { SegmentWithCount, SegmentInput, ContactSegment, SegmentsFilter, SegmentView } from './segment.view.js';
import { SegmentsRepository, type SegmentState } from './segments.repository.js';

const COUNT_REQUEST = {
  limit: 1,
  start: { offset: 0 },
  direction: 'desc',
} as const;

@Injectable()
export class SegmentsService {
  constructor(
    private readonly segments: SegmentsRepository,
    private readonly contacts: ContactListsService,
    private readonly membershipUpdater: SegmentMembershipUpdater,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: SegmentsFilter, request: PageRequest): Promise<Page<SegmentView>> {
    return this.segments.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<SegmentWithCount> {
    const segment = await this.find(workspaceId, id);
    const { total } = await this.contacts.listMatching(workspaceId, segment.filter, 'created_at', COUNT_REQUEST);
    return { ...segment, members: total! };
  }

  /** Contacts that match the segment's filter now. @throws DomainError NOT_FOUND */
  async listMembers(
    workspaceId: string,
    id: string,
    range: TimeRange,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    await this.find(workspaceId, id);
    return this.contacts.list(workspaceId, { segmentIds: [id], ...range }, orderBy, request);
  }

  /** Segments of a contact, as of the last membership update. */
  listByContact(workspaceId: string, contactId: string): Promise<readonly ContactSegment[]> {
    return this.segments.listByContact(workspaceId, contactId);
  }

  /** @throws DomainError BAD_REQUEST with all issues of the filter by path; CONFLICT if the name is taken. */
  create(
    workspaceId: string,
    fields: SegmentInput & { readonly name: string; readonly filter: unknown },
  ): Promise<SegmentWithCount> {
    const state = toSegmentState({ description: null, ...fields });
    return this.unitOfWork.run(async () => {
      const id = newId();
      await mapConstraintErrors({ segments_name: nameConflictError }, () =>
        this.segments.add(workspaceId, id, state, this.clock.now().toISOString()),
      );
      this.events.append(new SegmentCreated(id, { name: state.name }));
      await this.membershipUpdater.enqueueRecompute(workspaceId, id);
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError BAD_REQUEST, NOT_FOUND, PRECONDITION_FAILED; CONFLICT if the name is taken. */
  update(
    workspaceId: string,
    id: string,
    fields: SegmentInput,
    expectedVersion: number | null,
  ): Promise<SegmentWithCount> {
    return this.unitOfWork.run(async () => {
      const [before] = await this.segments.lock(workspaceId, id);
      if (!before) throw notFoundError('Segment');
      if (expectedVersion !== null && expectedVersion !== before.version)
        assertVersion(expectedVersion, before.version, await this.loadCurrent(workspaceId, id));
      const after = toSegmentState({ ...before, ...fields });
      const { name, description, filter } = after;
      const changed = changesBetween(before, { name, description, filter });
      if (Object.keys(changed).length === 0) return this.get(workspaceId, id);
      await mapConstraintErrors({ segments_name: nameConflictError }, () =>
        this.segments.update(workspaceId, id, after, this.clock.now().toISOString()),
      );
      this.events.append(new SegmentUpdated(id, { name, changed }));
      if ('filter' in changed) await this.membershipUpdater.enqueueRecompute(workspaceId, id);
      return this.get(workspaceId, id);
    });
  }

  /** Returns the deleted segment. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<SegmentView> {
    return this.unitOfWork.run(async () => {
      const [segment] = await this.segments.lock(workspaceId, id);
      if (!segment) throw notFoundError('Segment');
      if (expectedVersion !== null && expectedVersion !== segment.version)
        assertVersion(expectedVersion, segment.version, await this.loadCurrent(workspaceId, id));
      await this.segments.delete(workspaceId, id);
      this.events.append(new SegmentDeleted(id, { name: segment.name }));
      return segment;
    });
  }

  private async find(workspaceId: string, id: string): Promise<SegmentView> {
    const segment = await this.segments.find(workspaceId, id);
    if (!segment) throw notFoundError('Segment');
    return segment;
  }

  private async loadCurrent(workspaceId: string, id: string): Promise<() => SegmentWithCount> {
    const segment = await this.get(workspaceId, id);
    return () => segment;
  }
}

function nameConflictError(): DomainError {
  return fieldConflictError('name', 'A segment with this name already exists');
}

function toSegmentState({
  name,
  description,
  filter,
}: {
  readonly name: string;
  readonly description: string | null;
  readonly filter: unknown;
}): SegmentState {
  const valid = parseContactFilter(filter);
  return { name, description, filter: valid.source, isTimeDependent: isTimeDependent(valid) };
}
