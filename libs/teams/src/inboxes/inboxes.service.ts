import { Injectable } from '@nestjs/common';
import { assertNoIssues, DomainError, newId, notFoundError } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { InboxCreated, InboxDeleted, InboxUpdated } from '../teams.events.js';
import { withUniqueName } from '../unique-names.js';
import { ReferencedObjectsService } from '../referenced-objects/referenced-objects.service.js';
import { GroupMembershipService } from '../teams/group-membership.service.js';
import { validateBusinessHours } from './business-hours.js';
import { DEFAULT_INBOX_SETTINGS, type UpdateInboxInput, type InboxView } from './inbox.view.js';
import { InboxesRepository, type InboxesFilter, type InboxOrder, type InboxRecord } from './inboxes.repository.js';

/** Inboxes that conversations arrive in. */
@Injectable()
export class InboxesService {
  constructor(
    private readonly inboxes: InboxesRepository,
    private readonly members: GroupMembershipService,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly credentials: CredentialCache,
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
    if (!inbox) throw notFoundError('Inbox');
    return inbox;
  }

  /** Returns the inbox, or null. */
  find(workspaceId: string, id: string): Promise<InboxView | null> {
    return this.inboxes.find(workspaceId, id);
  }

  /** True if any inbox of the workspace has a greeting or an away message. */
  hasAutoReplies(workspaceId: string): Promise<boolean> {
    return this.inboxes.hasAutoReplies(workspaceId);
  }

  /** Returns the IDs of the inbox's members, active or not. */
  listMemberIds(workspaceId: string, id: string): Promise<string[]> {
    return this.members.listMemberIds('inbox', workspaceId, id);
  }

  /**
   * Creates an inbox.
   * @throws DomainError BAD_REQUEST for invalid business hours, UNPROCESSABLE for an unknown team or member, CONFLICT
   * if the name is already used.
   */
  create(
    workspaceId: string,
    input: UpdateInboxInput & { readonly name: string },
    memberIds: readonly string[],
  ): Promise<InboxView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      const record = toInboxRecord(
        { channel: 'api', access: 'everyone', team: null, ...DEFAULT_INBOX_SETTINGS, name: input.name },
        input,
      );
      await this.validate(workspaceId, record);
      await withUniqueName('inbox', record.name, () => this.inboxes.add(workspaceId, id, record));
      this.events.append(new InboxCreated(id, { name: record.name, channel: record.channel }));
      await this.members.addInitialMembers('inbox', workspaceId, id, memberIds);
      this.evictCredentials(workspaceId);
      return this.get(workspaceId, id);
    });
  }

  /**
   * Updates an inbox.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE, CONFLICT, PRECONDITION_FAILED
   */
  update(workspaceId: string, id: string, input: UpdateInboxInput, expected: number | null): Promise<InboxView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const record = toInboxRecord(before, input);
      const changed = changesBetween(toEventFields(toInboxRecord(before, {})), toEventFields(record));
      if (Object.keys(changed).length === 0) return before;
      await this.validate(workspaceId, record);
      await withUniqueName('inbox', record.name, () => this.inboxes.update(workspaceId, id, record));
      this.events.append(new InboxUpdated(id, { name: record.name, changed }));
      this.evictCredentials(workspaceId);
      return this.get(workspaceId, id);
    });
  }

  /**
   * Deletes an inbox and returns its last state. Its conversations are kept, without an inbox, and are visible to all
   * users.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED; CONFLICT if the inbox is limited to its members.
   */
  delete(workspaceId: string, id: string, expected: number | null): Promise<InboxView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      if (before.access === 'members')
        throw new DomainError(
          'CONFLICT',
          'Only members can see the conversations of this inbox; all users could see them after its deletion. ' +
            'Move them to another inbox, or set `access` to `everyone`, and try again',
        );
      await this.inboxes.delete(workspaceId, id);
      this.events.append(new InboxDeleted(id, { name: before.name }));
      return before;
    });
  }

  /**
   * Adds a user to the inbox. Idempotent.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE
   */
  addMember(workspaceId: string, id: string, userId: string): Promise<void> {
    return this.members.add('inbox', workspaceId, id, userId);
  }

  /** @throws DomainError NOT_FOUND */
  removeMember(workspaceId: string, id: string, userId: string): Promise<void> {
    return this.members.remove('inbox', workspaceId, id, userId);
  }

  /** Credentials contain the inboxes that their users cannot see. */
  private evictCredentials(workspaceId: string): void {
    this.unitOfWork.afterCommit(() => this.credentials.evictWorkspace(workspaceId));
  }

  private async lock(workspaceId: string, id: string): Promise<InboxView> {
    const inbox = await this.inboxes.lock(workspaceId, id);
    if (!inbox) throw notFoundError('Inbox');
    return inbox;
  }

  private async validate(workspaceId: string, { teamId, settings }: InboxRecord): Promise<void> {
    if (settings.businessHours) assertNoIssues(validateBusinessHours(settings.businessHours));
    await this.referencedObjects.resolve(workspaceId, { teamId });
  }
}

type ExistingInbox = Pick<
  InboxView,
  'name' | 'channel' | 'access' | 'team' | 'greeting' | 'awayMessage' | 'businessHours'
>;

/** Applies an input to an existing inbox. */
function toInboxRecord(existing: ExistingInbox, input: UpdateInboxInput): InboxRecord {
  const { name = existing.name, channel = existing.channel, access = existing.access } = input;
  const { teamId = existing.team?.id ?? null } = input;
  const {
    greeting = existing.greeting,
    awayMessage = existing.awayMessage,
    businessHours = existing.businessHours,
  } = input;
  return { name, channel, access, teamId, settings: { greeting, awayMessage, businessHours } };
}

/** Inbox as it appears in `changed` of an event. */
function toEventFields({ name, channel, access, teamId, settings }: InboxRecord): object {
  const { greeting, awayMessage, businessHours } = settings;
  return {
    name,
    channel,
    access,
    team_id: teamId,
    greeting,
    away_message: awayMessage,
    business_hours: businessHours,
  };
}
