import { Injectable } from '@nestjs/common';
import { badRequestError, DomainError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ContactValidator } from '../contacts/contact-validator.service.js';
import { ContactOwnerFinder } from '../contacts/contact-owner-finder.service.js';
import { isAnonymous, type ContactInput, type ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactMergeService } from '../merges/contact-merge.service.js';

/** Says who an anonymous contact is. */
export type IdentifyContactInput = Pick<ContactInput, 'identifier' | 'email' | 'phone' | 'name'>;

/** Finds out who anonymous contacts are. */
@Injectable()
export class ContactIdentificationService {
  constructor(
    private readonly contacts: ContactsService,
    private readonly ownerFinder: ContactOwnerFinder,
    private readonly contactValidator: ContactValidator,
    private readonly merges: ContactMergeService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes of a contact the one who has this identifier, e-mail or telephone number: who is known already, into whom an
   * anonymous contact is merged, or else the contact itself.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, CONFLICT when the contact is somebody already and the one found is another, or others have several of these.
   */
  async identify(workspaceId: string, id: string, input: IdentifyContactInput): Promise<ContactView> {
    await this.contacts.get(workspaceId, id);
    if (!input.identifier && !input.email && !input.phone)
      throw badRequestError({ identifier: ['say who it is: an identifier, email or phone'] });
    const validated = await this.contactValidator.validate(workspaceId, input);
    return this.unitOfWork.run(async () => {
      const existing = await this.ownerFinder.find(workspaceId, validated, { selfId: id });
      if (existing && existing.id !== id) return this.mergeInto(workspaceId, id, existing, validated);
      const updated = await this.unitOfWork
        .runInSavepoint(() => this.contacts.update(workspaceId, id, validated, null))
        .catch((error: Error) => {
          if (error instanceof DomainError && error.code === 'CONFLICT') return error;
          throw error;
        });
      if (!(updated instanceof DomainError)) return updated;
      // Somebody else was given the address meanwhile, or has another of them.
      const owner = await this.ownerFinder.find(workspaceId, validated, { selfId: id });
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
        'This contact is somebody already, and another has what was said: merge them if they are one',
        { contact_id: existing.id },
      );
    await this.merges.merge(workspaceId, existing.id, [id]);
    return this.contacts.resolve(workspaceId, { ...input, name: input.name ?? undefined });
  }
}
