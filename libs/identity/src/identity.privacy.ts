import { declareEventPrivacy } from '@parley/kernel/erasure';
import { ContactMerged, ContactUnmerged } from './identity.events.js';

declareEventPrivacy({
  keptFields: ['kind'],
  personalFields: { contact: ['tags'] },
  freeFields: ['custom_fields', 'source'],
  contactLists: [ContactMerged, ContactUnmerged].map((event) => ({ event, field: 'contact_ids' })),
});
