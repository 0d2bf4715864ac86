import './workflow.scopes.js';
import './workflow.privacy.js';
export type { AutomationRunView } from './automations/automation-run.view.js';
export type { AutomationView, Rule } from './automations/automation.view.js';
export { AutomationsService } from './automations/automations.service.js';
export type { TagView } from './tags/tag.view.js';
export { TagsService } from './tags/tags.service.js';
export { TicketActionsService } from './tickets/ticket-actions.service.js';
export { TicketCreator } from './tickets/ticket-creator.service.js';
export type {
  CreateTicketInput,
  TicketsFilter,
  TicketStatus,
  TicketView,
  UpdateTicketInput,
} from './tickets/ticket.view.js';
export { TicketsService } from './tickets/tickets.service.js';
export * from './ticket.events.js';
export * from './workflow.events.js';
export { WorkflowModule } from './workflow.module.js';
