export { CompaniesService } from './companies/companies.service.js';
export type { CompanyView } from './companies/company.view.js';
export type { ContactFields, ContactReference, ContactStatus, ContactView } from './contacts/contact.view.js';
export { ContactsService } from './contacts/contacts.service.js';
export type { ContactHoldings, MergeReceipt } from './holdings/contact-holdings.js';
export { ContactHoldingsRegistry } from './holdings/contact-holdings.service.js';
export * from './identity.events.js';
export { IdentityModule } from './identity.module.js';
