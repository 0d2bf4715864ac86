import { declareScopes } from '@parley/kernel/auth';

declareScopes('api_keys', { description: 'API keys of the workspace' });
declareScopes('teams', { description: 'Teams and their members', agent: 'read' });
declareScopes('users', { description: 'Users and invitations', agent: 'read' });
