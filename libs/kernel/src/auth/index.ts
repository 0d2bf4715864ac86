export { type AccessStatement, defineAccessStatement, limitToAccess } from './access-statement.js';
export { CredentialCache, hashApiKey } from './credential-cache.service.js';
export { Credentials } from './credentials.js';
export { CurrentPrincipal } from './current-principal.js';
export { JWT_SECRET } from './jwt-secret.js';
export { type AccessToken } from './jwt.strategy.js';
export {
  allScopes,
  builtInRoleScopes,
  declareScopes,
  hasScope,
  normalizeScope,
  type Scope,
  scopeGroups,
} from './scopes.js';
export { decryptSecret, encryptSecret } from './secret-encryption.js';
export { SecretsRepository } from './secrets.repository.js';
export { currentHiddenInboxIds, withHiddenInboxes } from '../context/request-context.js';
