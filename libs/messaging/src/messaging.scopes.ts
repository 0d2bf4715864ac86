import { declareScopes } from '@parley/kernel/auth';

declareScopes('conversations', { description: 'Conversations, messages and notes', agent: 'write' });
declareScopes('files', { description: 'Files and folders', agent: 'write' });
