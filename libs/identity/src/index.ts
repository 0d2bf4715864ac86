export { AttributeValidator as AttributeChecks } from './attributes/attribute-validator.service.js';
export type {
  AttributeDefinitionView,
  AttributeSubject,
  AttributeType,
} from './attributes/attribute-definition.view.js';
export type { BlockVisitorInput as BlockTarget, BlockView } from './blocks/block.view.js';
export { contactBlockedError as blocked } from './blocks/contact-blocked-error.js';
export { BlocksService } from './blocks/blocks.service.js';
export { CompaniesService } from './companies/companies.service.js';
export type { CompanyView } from './companies/company.view.js';
export {
  assertCustomFieldsSize as assertBounded,
  mergeCustomFields as mergedFields,
} from './attributes/custom-fields.js';
export { ContactSearchService } from './contacts/contact-search.service.js';
export type {
  ContactInput as ContactFields,
  ContactReference,
  ContactStatus,
  ContactView,
} from './contacts/contact.view.js';
export { ContactsService } from './contacts/contacts.service.js';
export type { ContactDataOwner as ContactHoldings, MergeReceipt } from './contact-data/contact-data-owner.js';
export { EventDataEraser as EventTraces } from './contact-data/event-data-eraser.js';
export { FileEraser as FileErasure } from './contact-data/file-eraser.service.js';
export { ContactDataRegistry as ContactHoldingsRegistry } from './contact-data/contact-data-registry.service.js';
export type { ContactIdentityView } from './identities/contact-identity.view.js';
export { ContactIdentitiesService as ContactIdentities } from './identities/contact-identities.service.js';
export * from './identity.events.js';
export { IdentityModule } from './identity.module.js';
