import { declareScopes } from '@parley/kernel/auth';

declareScopes('analytics', { description: 'The audit log and reports', agent: 'read' });
