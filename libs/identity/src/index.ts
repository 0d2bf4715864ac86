export type { ContactFields, ContactReference, ContactStatus, ContactView } from './contacts/contact.view.js';
export { ContactsService } from './contacts/contacts.service.js';
export * from './identity.events.js';
export { IdentityModule } from './identity.module.js';
