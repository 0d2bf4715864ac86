import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { ReferencesService } from '@parley/kernel/references';
import { ApiTestApp } from './testing/api-test-app.js';

/** Columns that can contain references: IDs, and the JSON of filters, actions and settings. */
const REFERENCE_COLUMN = /_ids?$|_by$|^(?:filter|actions|author|settings|events|default_role)$/;

/** Tables whose rows are not settings: data, logs, credentials of one person, and work in progress. */
const DATA_TABLES = new Set([
  'analytics.audit_entries',
  'channels.webhook_attempts',
  'channels.webhook_deliveries',
  'identity.blocks',
  'identity.bulk_operation_changes',
  'identity.bulk_operations',
  'identity.company_domains',
  'identity.contact_emails',
  'identity.contact_identities',
  'identity.contact_notes',
  'identity.contact_phones',
  'identity.contacts',
  'identity.exports',
  'identity.import_drafts',
  'identity.import_errors',
  'identity.imports',
  'identity.merges',
  'identity.segment_members',
  'knowledge.article_versions',
  'knowledge.articles',
  'messaging.bulk_change_records',
  'messaging.bulk_changes',
  'messaging.contact_moves',
  'messaging.conversations',
  'messaging.files',
  'messaging.merges',
  'messaging.messages',
  'messaging.participants',
  'messaging.read_states',
  'teams.api_keys',
  'teams.email_changes',
  'teams.known_addresses',
  'teams.notification_preferences',
  'teams.notifications',
  'teams.oidc_sign_ins',
  'teams.password_resets',
  'teams.second_factors',
  'teams.sessions',
  'teams.user_identities',
  'workflow.automation_runs',
  'workflow.ticket_links',
  'workflow.ticket_merges',
  'workflow.ticket_moves',
  'workflow.tickets',
]);

/** Columns of settings that refer to nothing that can be deleted or deactivated. */
const EXCEPTIONS = new Set([
  // Event types.
  'channels.webhooks.events',
  'workflow.automations.events',
  // IDs of other systems.
  'teams.oidc_providers.client_id',
  // The owner, who is the only one to see a personal object; others have no effect of it.
  'messaging.canned_responses.owner_id',
  'messaging.saved_views.owner_id',
  // Sort fields.
  'messaging.saved_views.order_by',
  // Deleted with the object.
  'messaging.scheduled_messages.conversation_id',
  'messaging.scheduled_messages.message_id',
  'teams.inbox_members.inbox_id',
  'teams.invitations.user_id',
  'teams.memberships.user_id',
  'teams.team_members.team_id',
  // Shown only.
  'teams.invitations.inviter_id',
  // Business hours, messages and the language.
  'teams.inboxes.settings',
  'teams.users.home_workspace_id',
  'teams.workspaces.settings',
  // The same as default_role_id, which is generated from it.
  'teams.oidc_providers.default_role',
]);

let testApp: ApiTestApp;
let app: NestFastifyApplication;

beforeAll(async () => {
  testApp = await ApiTestApp.create();
  ({ app } = testApp);
  await app.init();
});

afterAll(() => testApp?.stop());

/** All columns that can contain references, as `<schema>.<table>.<column>`. */
function listReferenceColumns(): string[] {
  return app
    .get(DataSource)
    .entityMetadatas.filter(
      ({ schema, tableName }) => schema !== 'kernel' && !DATA_TABLES.has(`${schema}.${tableName}`),
    )
    .flatMap(({ schema, tableName, columns }) =>
      columns
        .map(({ databaseName }) => databaseName)
        .filter((name) => name !== 'workspace_id' && REFERENCE_COLUMN.test(name))
        .map((name) => `${schema}.${tableName}.${name}`),
    );
}

describe('reference sources', () => {
  it('should cover every column of a settings table that can contain references', () => {
    const covered = new Set(
      app
        .get(ReferencesService)
        .listSources()
        .flatMap(({ columns }) => columns),
    );
    expect(listReferenceColumns().filter((column) => !covered.has(column) && !EXCEPTIONS.has(column))).toEqual([]);
  });

  it('should name existing columns', () => {
    const existing = app
      .get(DataSource)
      .entityMetadatas.flatMap(({ schema, tableName, columns }) =>
        columns.map(({ databaseName }) => `${schema}.${tableName}.${databaseName}`),
      );
    const named = app
      .get(ReferencesService)
      .listSources()
      .flatMap(({ columns }) => columns);
    expect([...named, ...EXCEPTIONS].filter((column) => !existing.includes(column))).toEqual([]);
  });
});
