import { Injectable } from '@nestjs/common';
import { badRequest, DomainError, UnitOfWork } from '@parley/kernel';
import { ContactFieldChecks } from '../contacts/contact-fields.service.js';
import { ContactOwners } from '../contacts/contact-owners.service.js';
import { isAnonymous, type ContactFields, type ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactMerges } from '../merges/contact-merges.service.js';

/** Says who an anonymous contact is. */
export type Identification = Pick<ContactFields, 'identifier' | 'email' | 'phone' | 'name'>;

/** Finds out who anonymous contacts are. */
@Injectable()
export class ContactIdentification {
  constructor(
    private readonly contacts: ContactsService,
    private readonly owners: ContactOwners,
    private readonly checks: ContactFieldChecks,
    private readonly merges: ContactMerges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes of a contact the one who has this identifier, e-mail or telephone number: who is known already, into whom an
   * anonymous contact is merged, or else the contact itself.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, CONFLICT when the contact is somebody already and the one found is another, or others have several of these.
   */
  async identify(workspaceId: string, id: string, who: Identification): Promise<ContactView> {
    await this.contacts.get(workspaceId, id);
    if (!who.identifier && !who.email && !who.phone)
      throw badRequest({ identifier: ['say who it is: an identifier, email or phone'] });
    const checked = await this.checks.check(workspaceId, who);
    return this.unitOfWork.run(async () => {
      const known = await this.owners.lookUp(workspaceId, checked, { selfId: id });
      if (known && known.id !== id) return this.become(workspaceId, id, known, checked);
      const updated = await this.unitOfWork
        .attempt(() => this.contacts.update(workspaceId, id, checked, null))
        .catch((error: Error) => {
          if (error instanceof DomainError && error.code === 'CONFLICT') return error;
          throw error;
        });
      if (!(updated instanceof DomainError)) return updated;
      // Somebody else was given the address meanwhile, or has another of them.
      const found = await this.owners.lookUp(workspaceId, checked, { selfId: id });
      if (!found || found.id === id) throw updated;
      return this.become(workspaceId, id, found, checked);
    });
  }

  private async become(workspaceId: string, id: string, known: ContactView, who: Identification): Promise<ContactView> {
    const contact = await this.contacts.get(workspaceId, id);
    if (!isAnonymous(contact))
      throw new DomainError(
        'CONFLICT',
        'This contact is somebody already, and another has what was said: merge them if they are one',
        { contact_id: known.id },
      );
    await this.merges.merge(workspaceId, known.id, [id]);
    return this.contacts.resolve(workspaceId, { ...who, name: who.name ?? undefined });
  }
}
