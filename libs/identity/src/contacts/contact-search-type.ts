import { defineSearchType } from '@parley/kernel/search';
import { ContactHitDto } from './dto/contact-hit.dto.js';

/** Contacts in the search. */
export const CONTACT_SEARCH = defineSearchType('contact', {
  plural: 'contacts',
  description: 'contacts by name, e-mail address, phone number, identifier and company, also with a typing error',
  scope: 'search:read',
  hit: ContactHitDto,
});

/** Rank of a contact whose e-mail address or phone number is the search text. Other contacts have lower ranks. */
export const EXACT_MATCH_RANK = 2;
