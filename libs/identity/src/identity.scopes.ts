import { declareScopes } from '@parley/kernel/auth';

declareScopes('contacts', { description: 'Contacts, companies and segments', agent: 'write' });
