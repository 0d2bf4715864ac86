import { Injectable } from '@nestjs/common';
import { DomainError, invalidInputError, sentence } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ContactFieldParser } from '../contacts/contact-field-parser.service.js';
import { ContactResolver } from '../contacts/contact-resolver.service.js';
import { isAnonymous, type ContactInput, type ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactMergeService } from '../merges/contact-merge.service.js';

/** Identifying fields. */
export type IdentifyContactInput = Pick<ContactInput, 'identifier' | 'email' | 'phone' | 'name'>;

/** Identifies anonymous contacts. */
@Injectable()
export class ContactIdentificationService {
  constructor(
    private readonly contacts: ContactsService,
    private readonly resolver: ContactResolver,
    private readonly contactFieldParser: ContactFieldParser,
    private readonly merges: ContactMergeService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Identifies a contact by identifier, e-mail or phone number. If another contact owns one of them, merges the
   * anonymous contact into that contact; otherwise updates the contact itself.
   * @throws DomainError NOT_FOUND, BAD_REQUEST; CONFLICT if the contact is already identified and another contact owns
   * one of the fields, or if different contacts own them.
   */
  async identify(workspaceId: string, id: string, input: IdentifyContactInput): Promise<ContactView> {
    await this.contacts.get(workspaceId, id);
    if (!input.identifier && !input.email && !input.phone)
      throw invalidInputError(
        'identifier',
        sentence`one of ${['identifier']}, ${['email']} and ${['phone']} is required`,
      );
    const validated = await this.contactFieldParser.parse(workspaceId, input);
    return this.unitOfWork.run(async () => {
      const existing = await this.resolver.findOwner(workspaceId, validated, id);
      if (existing && existing.id !== id) return this.mergeInto(workspaceId, id, existing, validated);
      const updated = await this.unitOfWork
        .runInSavepoint(() => this.contacts.update(workspaceId, id, validated, null))
        .catch((error: Error) => {
          if (error instanceof DomainError && error.code === 'CONFLICT') return error;
          throw error;
        });
      if (!(updated instanceof DomainError)) return updated;
      // Another contact got the address concurrently, or owns another one of the addresses.
      const owner = await this.resolver.findOwner(workspaceId, validated, id);
      if (!owner || owner.id === id) throw updated;
      return this.mergeInto(workspaceId, id, owner, validated);
    });
  }

  private async mergeInto(
    workspaceId: string,
    id: string,
    existing: ContactView,
    input: IdentifyContactInput,
  ): Promise<ContactView> {
    const contact = await this.contacts.get(workspaceId, id);
    if (!isAnonymous(contact))
      throw new DomainError(
        'CONFLICT',
        'The contact is already identified and the given identifier belongs to another contact. Merge the two ' +
          'contacts instead.',
        { contactId: existing.id },
      );
    await this.merges.merge(workspaceId, existing.id, [id]);
    return this.resolver.resolve(workspaceId, { ...input, name: input.name ?? undefined });
  }
}
