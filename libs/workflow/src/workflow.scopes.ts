import { declareScopes } from '@parley/kernel/auth';

declareScopes('automations', { description: 'Automations and their runs', agent: 'read' });
declareScopes('tags', { description: 'Tags', agent: 'write' });
