import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  badRequest,
  changesBetween,
  Events,
  newId,
  notFound,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import { InboxCreated, InboxDeleted, InboxUpdated } from '../teams.events.js';
import { TeamsService } from '../teams/teams.service.js';
import { nameIsFree } from '../unique-names.js';
import { GroupMembership } from '../users/group-membership.service.js';
import { flawsOf } from './business-hours.js';
import { DEFAULT_INBOX_SETTINGS, type InboxFields, type InboxView } from './inbox.view.js';
import { InboxesRepository, type InboxesFilter, type InboxOrder, type InboxRecord } from './inboxes.repository.js';

/** Places where conversations arrive and are worked. */
@Injectable()
export class InboxesService {
  constructor(
    private readonly inboxes: InboxesRepository,
    private readonly members: GroupMembership,
    private readonly teams: TeamsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  list(
    workspaceId: string,
    filter: InboxesFilter,
    orderBy: InboxOrder,
    request: PageRequest,
  ): Promise<Page<InboxView>> {
    return this.inboxes.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<InboxView> {
    const inbox = await this.inboxes.find(workspaceId, id);
    if (!inbox) throw notFound('Inbox');
    return inbox;
  }

  /** The inbox, or null. */
  find(workspaceId: string, id: string): Promise<InboxView | null> {
    return this.inboxes.find(workspaceId, id);
  }

  /** Ids of the members of the inbox, active or not. */
  memberIds(workspaceId: string, id: string): Promise<string[]> {
    return this.members.ids('inbox', workspaceId, id);
  }

  /** The inbox that something refers to; `field` is where its id stands in the request. @throws DomainError UNPROCESSABLE naming it when there is none, so nothing can arrive in it. */
  async referredTo(workspaceId: string, id: string, field = 'inbox_id'): Promise<InboxView> {
    const inbox = await this.inboxes.find(workspaceId, id);
    if (!inbox) throw unprocessable('There is no inbox with this id', { [field]: id });
    return inbox;
  }

  /** @throws DomainError BAD_REQUEST for business hours that make no sense, UNPROCESSABLE, CONFLICT when the name is taken. */
  create(
    workspaceId: string,
    fields: InboxFields & { readonly name: string },
    memberIds: readonly string[],
  ): Promise<InboxView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      const record = recordOf({ channel: 'api', team: null, ...DEFAULT_INBOX_SETTINGS, name: fields.name }, fields);
      await this.check(workspaceId, record);
      await nameIsFree('inbox', record.name, () => this.inboxes.add(workspaceId, id, record));
      this.events.append(new InboxCreated(id, { name: record.name, channel: record.channel }));
      await this.members.fill('inbox', workspaceId, id, memberIds);
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE, CONFLICT, PRECONDITION_FAILED */
  update(workspaceId: string, id: string, fields: InboxFields, expected: number | null): Promise<InboxView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const record = recordOf(before, fields);
      const changed = changesBetween(flat(recordOf(before, {})), flat(record));
      if (Object.keys(changed).length === 0) return before;
      await this.check(workspaceId, record);
      await nameIsFree('inbox', record.name, () => this.inboxes.update(workspaceId, id, record));
      this.events.append(new InboxUpdated(id, { changed }));
      return this.get(workspaceId, id);
    });
  }

  /** Deletes the inbox, and gives it as it was; what arrived in it stays, in no inbox. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<InboxView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      await this.inboxes.delete(workspaceId, id);
      this.events.append(new InboxDeleted(id, { name: before.name }));
      return before;
    });
  }

  /** Makes a user a member of the inbox; nothing happens when they are one already. @throws DomainError NOT_FOUND, UNPROCESSABLE */
  addMember(workspaceId: string, id: string, userId: string): Promise<void> {
    return this.members.add('inbox', workspaceId, id, userId);
  }

  /** @throws DomainError NOT_FOUND */
  removeMember(workspaceId: string, id: string, userId: string): Promise<void> {
    return this.members.remove('inbox', workspaceId, id, userId);
  }

  private async lock(workspaceId: string, id: string): Promise<InboxView> {
    const inbox = await this.inboxes.lock(workspaceId, id);
    if (!inbox) throw notFound('Inbox');
    return inbox;
  }

  private async check(workspaceId: string, { teamId, settings }: InboxRecord): Promise<void> {
    const flaws = settings.businessHours ? flawsOf(settings.businessHours) : {};
    if (Object.keys(flaws).length > 0) throw badRequest(flaws);
    if (teamId !== null) await this.teams.assertExists(workspaceId, teamId);
  }
}

type Known = Pick<InboxView, 'name' | 'channel' | 'team' | 'greeting' | 'awayMessage' | 'businessHours' | 'csat'>;

/** What is known, with what is given in its place. */
function recordOf(known: Known, given: InboxFields): InboxRecord {
  const { name = known.name, channel = known.channel, teamId = known.team?.id ?? null } = given;
  const {
    greeting = known.greeting,
    awayMessage = known.awayMessage,
    businessHours = known.businessHours,
    csat = known.csat,
  } = given;
  return { name, channel, teamId, settings: { greeting, awayMessage, businessHours, csat } };
}

/** The inbox as events tell of it. */
function flat({ name, channel, teamId, settings }: InboxRecord): object {
  const { greeting, awayMessage, businessHours, csat } = settings;
  return { name, channel, team_id: teamId, greeting, away_message: awayMessage, business_hours: businessHours, csat };
}
