export { type DeliveredFile, FileDeliveryService } from './file-delivery.service.js';
export { FileIngestService, type IngestedFile } from './file-ingest.service.js';
export { FileStorage } from './file-storage.js';
export { FileUrlSigner, type SignedQuery } from './file-url-signer.service.js';
