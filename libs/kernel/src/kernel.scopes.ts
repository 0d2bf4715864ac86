import { declareScopes } from './auth/scopes.js';

declareScopes('events', { description: 'The event log', agent: 'read' });
declareScopes('search', { description: 'Search', agent: 'read' });
declareScopes('settings', {
  description: 'Settings of the workspace, roles, inboxes and custom fields',
  agent: 'read',
});
