import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates conversations, messages and files. */
export class MessagingFoundations1763600400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema messaging`);
    await this.conversations(runner);
    await this.messages(runner);
    await runner.query(`
      create table messaging.files (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        name text not null,
        folder text,
        mime_type text not null,
        size bigint not null,
        sha256 text not null,
        width int,
        height int,
        storage_key text not null,
        uploaded_by jsonb not null,
        created_at timestamptz(3) not null default now(),
        deleted_at timestamptz(3)
      )`);
    await runner.query(
      `create index files_order on messaging.files (workspace_id, created_at, id) where deleted_at is null`,
    );
    await runner.query(`create index files_content on messaging.files (storage_key)`);
    for (const table of ['conversation_numbers', 'conversations', 'messages', 'files'])
      await runner.query(`call kernel.isolate('messaging.${table}')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  private async conversations(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table messaging.conversation_numbers (workspace_id uuid primary key, last bigint not null)`,
    );
    await runner.query(`
      create table messaging.conversations (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        number bigint not null,
        subject text,
        status text not null default 'open' check (status in ('open', 'pending', 'snoozed', 'resolved', 'closed')),
        priority text not null default 'normal' check (priority in ('urgent', 'high', 'normal', 'low', 'none')),
        channel text not null,
        inbox_id uuid,
        contact_id uuid not null,
        assignee_id uuid,
        team_id uuid,
        tags text[] not null default '{}',
        custom_fields jsonb not null default '{}',
        metadata jsonb not null default '{}',
        status_changed_at timestamptz(3) not null,
        snoozed_until timestamptz(3),
        waiting_since timestamptz(3),
        first_replied_at timestamptz(3),
        last_activity_at timestamptz(3) not null,
        last_customer_message_at timestamptz(3),
        last_agent_reply_at timestamptz(3),
        resolved_at timestamptz(3),
        closed_at timestamptz(3),
        reopen_count int not null default 0,
        message_count int not null default 0,
        unread_count int not null default 0,
        contact_seen_at timestamptz(3),
        agent_seen_at timestamptz(3),
        last_message jsonb,
        source jsonb not null default '{}',
        external_id text,
        merged_into uuid,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        unique (workspace_id, number)
      )`);
    for (const key of ['last_activity_at', 'created_at', 'updated_at']) {
      await runner.query(`create index conversations_${key} on messaging.conversations (workspace_id, ${key}, id)`);
      await runner.query(
        `create index conversations_status_${key} on messaging.conversations (workspace_id, status, ${key}, id)`,
      );
    }
    await runner.query(
      `create index conversations_assignee on messaging.conversations (workspace_id, assignee_id, last_activity_at, id)`,
    );
    await runner.query(
      `create index conversations_team on messaging.conversations (workspace_id, team_id, last_activity_at, id)`,
    );
    await runner.query(
      `create index conversations_contact on messaging.conversations (workspace_id, contact_id, last_activity_at, id)`,
    );
    await runner.query(
      `create index conversations_inbox on messaging.conversations (workspace_id, inbox_id, last_activity_at, id)`,
    );
    await runner.query(`create index conversations_tags on messaging.conversations using gin (workspace_id, tags)`);
    await runner.query(
      `create unique index conversations_external on messaging.conversations (workspace_id, external_id) where external_id is not null`,
    );
    await runner.query(
      `create index conversations_subject on messaging.conversations using gin (workspace_id, to_tsvector('simple', coalesce(subject, '')))`,
    );
  }

  private async messages(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.messages (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        conversation_id uuid not null references messaging.conversations (id) on delete cascade,
        type text not null check (type in ('comment', 'reply', 'note', 'system')),
        author_type text not null check (author_type in ('contact', 'user', 'ai_agent', 'bot', 'system')),
        author_id uuid,
        author_name text,
        body text not null,
        body_html text,
        content_type text not null default 'text',
        content_attributes jsonb not null default '{}',
        attachments jsonb not null default '[]',
        status text not null default 'sent' check (status in ('sent', 'delivered', 'read', 'failed')),
        status_error text,
        external_id text,
        in_reply_to uuid,
        edited_at timestamptz(3),
        deleted_at timestamptz(3),
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        search tsvector generated always as (to_tsvector('simple', left(body, 100000))) stored
      )`);
    await runner.query(`create index messages_thread on messaging.messages (conversation_id, created_at, id)`);
    await runner.query(`create index messages_order on messaging.messages (workspace_id, created_at, id)`);
    await runner.query(
      `create unique index messages_external on messaging.messages (workspace_id, external_id) where external_id is not null`,
    );
    await runner.query(`create index messages_search on messaging.messages using gin (workspace_id, search)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema messaging cascade`);
  }
}
