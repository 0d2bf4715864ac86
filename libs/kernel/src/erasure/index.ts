export { declareEventPrivacy, redactedSql } from './event-privacy.js';
