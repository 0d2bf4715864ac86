import { declareScopes } from '@parley/kernel/auth';

declareScopes('knowledge', { description: 'Articles of the knowledge base', agent: 'read' });
