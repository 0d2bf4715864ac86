import './identity.scopes.js';
import './identity.privacy.js';
export { AttributeValidator } from './attributes/attribute-validator.service.js';
export type {
  AttributeDefinitionView,
  AttributeSubject,
  AttributeType,
} from './attributes/attribute-definition.view.js';
export type { BlockVisitorInput, BlockView } from './blocks/block.view.js';
export { BlocksService } from './blocks/blocks.service.js';
export { CompaniesService } from './companies/companies.service.js';
export type { CompanyView } from './companies/company.view.js';
export { assertCustomFieldsSize, mergeCustomFields } from './attributes/custom-fields.js';
export { EXACT_MATCH_RANK } from './contacts/contact-search-type.js';
export { ContactSearchService } from './contacts/contact-search.service.js';
export type { ContactInput, ContactReference, ContactStatus, ContactView } from './contacts/contact.view.js';
export { contactBlockedError, ContactResolver } from './contacts/contact-resolver.service.js';
export { ContactsService } from './contacts/contacts.service.js';
export type { ContactDataOwner, MergeReceipt } from './contact-data/contact-data-owner.js';
export { EventDataEraser } from './contact-data/event-data-eraser.js';
export { FileEraser } from './contact-data/file-eraser.service.js';
export { ContactDataRegistry } from './contact-data/contact-data-registry.service.js';
export type { ContactIdentityView } from './identities/contact-identity.view.js';
export { ContactIdentitiesService } from './identities/contact-identities.service.js';
export * from './identity.events.js';
export { CUSTOM_FIELD, customFieldId, memberOfCustomFields, TAG } from './identity.references.js';
export { TAG_FIELD_OPTIONS, tagKey, tagNamesSql, withoutTags } from './tag-names/tag-key.js';
export { MAX_TAGS, type TagsChangeInput, TagNamesService } from './tag-names/tag-names.service.js';
export { ContactTicketCountsService } from './ticket-counts/contact-ticket-counts.service.js';
export { IdentityModule } from './identity.module.js';
