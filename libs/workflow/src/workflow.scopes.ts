import { declareScopes } from '@parley/kernel/auth';

declareScopes('automations', { description: 'Automations and their runs', agent: 'read' });
declareScopes('tags', { description: 'Tags', agent: 'write' });
declareScopes('tickets', { description: 'Tickets', agent: 'write' });
declareScopes('ticket_settings', { description: 'Types and custom statuses of tickets', agent: 'read' });
