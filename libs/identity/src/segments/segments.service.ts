import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  changesBetween,
  Clock,
  DomainError,
  Events,
  newId,
  notFound,
  refusing,
  UnitOfWork,
  type Page,
  type PageRequest,
  type TimeRange,
} from '@parley/kernel';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactLists } from '../contacts/contact-lists.service.js';
import type { ContactView } from '../contacts/contact.view.js';
import type { ContactOrder } from '../contacts/contacts-filter.js';
import { SegmentCreated, SegmentDeleted, SegmentUpdated } from '../identity.events.js';
import { movesWithTime } from './segment-filter.js';
import { SegmentKeeping } from './segment-keeping.service.js';
import type { CountedSegment, SegmentFields, SegmentOfContact, SegmentsFilter, SegmentView } from './segment.view.js';
import { SegmentsRepository, type SegmentState } from './segments.repository.js';

const COUNT = {
  limit: 1,
  start: { offset: 0 },
  direction: 'desc',
  fingerprint: '',
  offset: 0,
  knownTotal: null,
} as const;

/** Sets of contacts that pass a filter. */
@Injectable()
export class SegmentsService {
  constructor(
    private readonly segments: SegmentsRepository,
    private readonly contacts: ContactLists,
    private readonly keeping: SegmentKeeping,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: SegmentsFilter, request: PageRequest): Promise<Page<SegmentView>> {
    return this.segments.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<CountedSegment> {
    const segment = await this.find(workspaceId, id);
    const { total } = await this.contacts.listMatching(workspaceId, segment.filter, 'created_at', COUNT);
    return { ...segment, members: total };
  }

  /** Contacts that are in a segment now. @throws DomainError NOT_FOUND */
  async members(
    workspaceId: string,
    id: string,
    range: TimeRange,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    await this.find(workspaceId, id);
    return this.contacts.list(workspaceId, { segmentIds: [id], ...range }, orderBy, request);
  }

  /** Segments that a contact belongs to, as of what has been told of them so far. */
  ofContact(workspaceId: string, contactId: string): Promise<readonly SegmentOfContact[]> {
    return this.segments.ofContact(workspaceId, contactId);
  }

  /** @throws DomainError BAD_REQUEST with every fault of the filter by its path, CONFLICT when the name is taken. */
  create(
    workspaceId: string,
    fields: SegmentFields & { readonly name: string; readonly filter: unknown },
  ): Promise<CountedSegment> {
    const state = stateOf({ description: null, ...fields });
    return this.unitOfWork.run(async () => {
      const id = newId();
      await refusing({ segments_name: nameTaken }, () =>
        this.segments.add(workspaceId, id, state, this.clock.now().toISOString()),
      );
      this.events.append(new SegmentCreated(id, { name: state.name }));
      await this.keeping.lookLater(workspaceId, id);
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError BAD_REQUEST, NOT_FOUND, CONFLICT when the name is taken, PRECONDITION_FAILED */
  update(workspaceId: string, id: string, fields: SegmentFields, expected: number | null): Promise<CountedSegment> {
    return this.unitOfWork.run(async () => {
      const [before] = await this.segments.lock(workspaceId, id);
      if (!before) throw notFound('Segment');
      if (expected !== null && expected !== before.version)
        assertVersion(expected, before.version, await this.shown(workspaceId, id));
      const after = stateOf({ ...before, ...fields });
      const { name, description, filter } = after;
      const changed = changesBetween(before, { name, description, filter });
      if (Object.keys(changed).length === 0) return this.get(workspaceId, id);
      await refusing({ segments_name: nameTaken }, () =>
        this.segments.update(workspaceId, id, after, this.clock.now().toISOString()),
      );
      this.events.append(new SegmentUpdated(id, { changed }));
      if ('filter' in changed) await this.keeping.lookLater(workspaceId, id);
      return this.get(workspaceId, id);
    });
  }

  /** Gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<SegmentView> {
    return this.unitOfWork.run(async () => {
      const [segment] = await this.segments.lock(workspaceId, id);
      if (!segment) throw notFound('Segment');
      if (expected !== null && expected !== segment.version)
        assertVersion(expected, segment.version, await this.shown(workspaceId, id));
      await this.segments.delete(workspaceId, id);
      this.events.append(new SegmentDeleted(id, { name: segment.name }));
      return segment;
    });
  }

  private async find(workspaceId: string, id: string): Promise<SegmentView> {
    const segment = await this.segments.find(workspaceId, id);
    if (!segment) throw notFound('Segment');
    return segment;
  }

  private async shown(workspaceId: string, id: string): Promise<() => CountedSegment> {
    const segment = await this.get(workspaceId, id);
    return () => segment;
  }
}

function nameTaken(): DomainError {
  return new DomainError('CONFLICT', 'There is a segment of this name already', { field: 'name' });
}

function stateOf({
  name,
  description,
  filter,
}: {
  readonly name: string;
  readonly description: string | null;
  readonly filter: unknown;
}): SegmentState {
  const valid = parseContactFilter(filter);
  return { name, description, filter: valid.source, movesWithTime: movesWithTime(valid) };
}
