import { declareScopes } from './auth/scopes.js';

declareScopes('audit', { description: 'The audit log, and events of sign-ins and other security events' });
declareScopes('events', { description: 'The event log', agent: 'read' });
declareScopes('search', { description: 'Search', agent: 'read' });
declareScopes('settings', {
  description: 'Settings of the workspace, roles, inboxes and custom fields',
  agent: 'read',
});
