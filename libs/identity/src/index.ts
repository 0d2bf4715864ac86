export { AttributeChecks } from './attributes/attribute-checks.service.js';
export type {
  AttributeDefinitionView,
  AttributeSubject,
  AttributeType,
} from './attributes/attribute-definition.view.js';
export type { BlockTarget, BlockView } from './blocks/block.view.js';
export { blocked } from './blocks/blocked.js';
export { BlocksService } from './blocks/blocks.service.js';
export { CompaniesService } from './companies/companies.service.js';
export type { CompanyView } from './companies/company.view.js';
export { assertBounded, mergedFields } from './attributes/own-fields.js';
export { ContactSearchService } from './contacts/contact-search.service.js';
export type { ContactFields, ContactReference, ContactStatus, ContactView } from './contacts/contact.view.js';
export { ContactsService } from './contacts/contacts.service.js';
export type { ContactHoldings, MergeReceipt } from './holdings/contact-holdings.js';
export { EventTraces } from './holdings/event-traces.js';
export { FileErasure } from './holdings/file-erasure.service.js';
export { ContactHoldingsRegistry } from './holdings/contact-holdings.service.js';
export type { ContactIdentityView } from './identities/contact-identity.view.js';
export { ContactIdentities } from './identities/contact-identities.service.js';
export * from './identity.events.js';
export { IdentityModule } from './identity.module.js';
