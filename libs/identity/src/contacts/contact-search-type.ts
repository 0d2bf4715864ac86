import { defineSearchType } from '@parley/kernel/search';
import { ContactHitDto } from './dto/contact-hit.dto.js';

/** Contacts in the search. */
export const CONTACT_SEARCH = defineSearchType('contact', {
  plural: 'contacts',
  description: 'contacts by name, e-mail address, phone number, identifier and company, also with a typing error',
  scope: 'search:read',
  hit: ContactHitDto,
});
