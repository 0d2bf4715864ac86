import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  constraintOf,
  DomainError,
  Events,
  FileIntake,
  newId,
  notFound,
  UnitOfWork,
} from '@parley/kernel';
import { assertBounded } from '../attributes/own-fields.js';
import { BlocksRepository } from '../blocks/blocks.repository.js';
import { ContactCreated, ContactUpdated } from '../identity.events.js';
import { ContactAddressesRepository } from './contact-addresses.repository.js';
import { differences, settle } from './contact-changes.js';
import type { ContactFields, ContactPatch, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';
import { takenError, type Takable } from './taken.js';

/** The one way in which contacts are written: decided, kept with their addresses, told; in the caller's unit of work. */
@Injectable()
export class ContactWriting {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly addresses: ContactAddressesRepository,
    private readonly blocks: BlocksRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly files: FileIntake,
  ) {}

  /** Why there is no such contact: one who was merged into another says into whom, and one who was erased says when. */
  async missing(workspaceId: string, id: string): Promise<DomainError> {
    const root = await this.contacts.rootOf(workspaceId, id);
    if (root)
      return new DomainError('NOT_FOUND', 'Contact not found: it was merged into another', { merged_into: root.id });
    const erasedAt = await this.contacts.erasedAt(workspaceId, id);
    return erasedAt === null
      ? notFound('Contact')
      : new DomainError('NOT_FOUND', 'Contact not found: it was erased', { erased_at: erasedAt });
  }

  /** Writes what `decide` makes of what is known. @throws DomainError BAD_REQUEST when fields of one's own become too many, NOT_FOUND, CONFLICT, PRECONDITION_FAILED */
  async write(
    workspaceId: string,
    id: string,
    decide: (before: ContactView) => ContactFields | Promise<ContactFields>,
    expected: number | null,
  ): Promise<ContactView> {
    const before = await this.contacts.lock(workspaceId, id);
    if (!before) throw await this.missing(workspaceId, id);
    assertVersion(expected, before.version, () => before);
    const { changed, patch } = differences(before, settle(await decide(before), before));
    if (Object.keys(patch).length === 0) return before;
    if (patch.customFields) assertBounded(patch.customFields);
    const after = await this.free(async () => {
      const written = await this.contacts.update(workspaceId, id, patch);
      const kept = await this.keepAddresses(workspaceId, written, patch);
      // Another address may be one that is blocked.
      const [changed] = kept ? await this.blocks.refresh(workspaceId, [id]) : [];
      return changed ? (await this.contacts.find(workspaceId, id))! : written;
    });
    if ('avatar' in patch) await this.dropPicture(workspaceId, before);
    this.events.append(new ContactUpdated(id, { changed }));
    return after;
  }

  /** Removes a picture from the storage, unless it is needed to undo a merge. */
  async dropPicture(workspaceId: string, { id, avatar }: ContactView): Promise<void> {
    if (!avatar || (await this.contacts.sharesPicture(workspaceId, id, avatar.key))) return;
    this.unitOfWork.afterCommit(() => this.files.discard([avatar.key]));
  }

  /** Whether there was anything to keep. */
  private async keepAddresses(
    workspaceId: string,
    { id, email, otherEmails, phone, otherPhones }: ContactView,
    patch: ContactPatch,
  ): Promise<boolean> {
    const [emails, phones] = ['email' in patch || 'otherEmails' in patch, 'phone' in patch || 'otherPhones' in patch];
    if (emails) await this.addresses.keepEmails(workspaceId, id, email === null ? [] : [email, ...otherEmails]);
    if (phones) await this.addresses.keepPhones(workspaceId, id, phone === null ? [] : [phone, ...otherPhones]);
    return emails || phones;
  }

  /** The new contact; null when the e-mail or identifier is taken. @throws DomainError CONFLICT when another address is. */
  async add(workspaceId: string, fields: ContactFields): Promise<ContactView | null> {
    const id = newId();
    const made = await this.free(() => this.contacts.add(workspaceId, id, settle(fields)));
    if (made) this.events.append(new ContactCreated(id, { email: made.email }));
    return made;
  }

  /** Many new contacts in one statement, without an event for each; gives their ids. @throws DomainError CONFLICT when anything of theirs is taken; then none is made. */
  async addAll(workspaceId: string, all: readonly ContactFields[]): Promise<string[]> {
    const made = await this.free(() =>
      this.contacts.addAll(
        workspaceId,
        all.map((fields) => ({ id: newId(), patch: settle(fields) })),
      ),
    );
    if (made.length < all.length) throw takenError('email');
    return made.map(({ id }) => id);
  }

  private async free<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const [, kind] = /^contacts?_(email|identifier|phone)s?(_pkey)?$/.exec(constraintOf(error) ?? '') ?? [];
      throw kind ? takenError(kind as Takable) : error;
    }
  }
}
