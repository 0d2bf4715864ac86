import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { ContactsService } from './contacts.service.js';
import { toContactDto, type ContactDto } from './dto/contact.dto.js';

/** Renders contacts for events and webhooks. */
@Injectable()
export class ContactRenderer {
  constructor(
    private readonly contacts: ContactsService,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Renders('contact')
  async render(workspaceId: string, id: string): Promise<ContactDto | null> {
    const contact = await this.contacts.find(workspaceId, id);
    return contact && toContactDto(contact, (view) => this.avatars.buildUrl(view));
  }
}
