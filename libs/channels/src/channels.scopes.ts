import { declareScopes } from '@parley/kernel/auth';

declareScopes('webhooks', { description: 'Webhooks and their deliveries' });
