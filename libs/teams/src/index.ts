import './teams.scopes.js';
export { ApiKeysService, type CreatedApiKey, type CreateApiKeyInput } from './api-keys/api-keys.service.js';
export type { ApiKeyView } from './api-keys/api-key.view.js';
export {
  assertAdminPassword,
  FirstWorkspaceService,
  type FirstCredentials,
} from './bootstrap/first-workspace.service.js';
export { isOpen, isTimezone, type BusinessHours } from './inboxes/business-hours.js';
export { accessConditions, inboxAccessSql } from './inboxes/inbox-access-sql.js';
export type { InboxView } from './inboxes/inbox.view.js';
export { InboxAccessService } from './inboxes/inbox-access.service.js';
export { InboxesService } from './inboxes/inboxes.service.js';
export { defineNotificationKind, type NotificationKind } from './notifications/notification-kinds.js';
export type { CreateNotificationInput, NotificationRecipient } from './notifications/notification.view.js';
export { NotificationsService } from './notifications/notifications.service.js';
export * from './teams.events.js';

export { ReferencedObjectsService } from './referenced-objects/referenced-objects.service.js';
export { INBOX, TEAM, USER } from './teams.references.js';
export { TeamsModule } from './teams.module.js';
export { TeamsService } from './teams/teams.service.js';
export type { TeamView } from './teams/team.view.js';
export { resolveUserIdOrMe, UserIdOrMeField } from './users/user-or-me.js';
export type { UserView } from './users/user.view.js';
export { UsersService } from './users/users.service.js';
export { WorkspaceSettingsCache, type WorkspaceSettings } from './workspaces/workspace-settings-cache.service.js';
export { WorkspacesService, type WorkspaceView } from './workspaces/workspaces.service.js';
