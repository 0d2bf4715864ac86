import pg from 'pg';
import type { Load } from './load.js';

/** Checks the database after the crashes, directly in SQL. */
export class Survivors {
  private constructor(private readonly client: pg.Client) {}

  static async connect(databaseUrl: string): Promise<Survivors> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new Survivors(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Acknowledged writes that are missing. */
  async listLostWrites({ conversations, messages }: Load): Promise<string[]> {
    const conversationIds = conversations.flatMap((sent) =>
      sent.conversationId === null ? [] : [`${sent.conversationId}`],
    );
    const externalIds = messages.flatMap((sent) => (sent.conversationId === null ? [] : [sent.externalId]));
    return this.column(
      `select sent.id::text from unnest($1::uuid[]) as sent (id)
       where not exists (select 1 from messaging.conversations c where c.id = sent.id)
       union all select sent.external_id from unnest($2::text[]) as sent (external_id)
       where not exists (select 1 from messaging.messages m where m.external_id = sent.external_id)`,
      [conversationIds, externalIds],
    );
  }

  /** Incomplete writes: conversations without their first message, contact, counts or events. */
  listPartialWrites(): Promise<string[]> {
    return this.column(`
      select c.external_id from messaging.conversations c where c.external_id like 'crash-%' and not (
        exists (
          select 1 from messaging.messages m
          where m.conversation_id = c.id and m.external_id = c.external_id || '-first')
        and exists (select 1 from identity.contacts k where k.id = c.contact_id and k.conversation_count = 1)
        and c.message_count = (select count(*) from messaging.messages m where m.conversation_id = c.id)
        and (select count(*) from kernel.events e where e.subject_id = c.id and e.type = 'conversation.created') = 1)
      union all select m.external_id from messaging.messages m where m.external_id like 'crash-%'
        and (select count(*) from kernel.events e where e.subject_id = m.id and e.type in ('message.created')) <> 1`);
  }

  /** Missing or duplicate effects of subscribers. The rule adds one tag and one note to each conversation. */
  async listWrongEffects(): Promise<string[]> {
    return this.column(`
      select c.external_id || ': '
          || (select count(*) from workflow.automation_runs r where r.subject_id = c.id) || ' runs, '
          || (select count(*) from messaging.messages m where m.conversation_id = c.id and m.type = 'note') || ' notes'
        from messaging.conversations c where c.external_id like 'crash-%' and not (
          (select count(*) from workflow.automation_runs r where r.subject_id = c.id) = 1
          and (select count(*) from messaging.messages m where m.conversation_id = c.id and m.type = 'note') = 1
          and 'seen' = any(c.tags))
      union all select 'tag ' || t.name || ' counts ' || t.conversation_count
        from workflow.tags t where t.name in ('seen', 'load')
        and t.conversation_count <> (select count(*) from messaging.conversations c where t.name = any(c.tags))`);
  }

  /** Events without a successful webhook delivery. */
  listUndelivered(webhookId: string): Promise<string[]> {
    return this.column(
      `select e.type || ' ' || e.id from kernel.events e
       where e.type in ('conversation.created', 'message.created')
         and e.position > (select position from kernel.events where type = 'team.created' order by position limit 1)
         and not exists (
           select 1 from channels.webhook_deliveries d
           where d.webhook_id = $1 and d.event_id = e.id and d.status = 'succeeded')`,
      [webhookId],
    );
  }

  /** Stuck work: locked or failed jobs, overdue timers, dead letters, subscribers behind the log. */
  listStuck(): Promise<string[]> {
    return this.column(`
      select 'job ' || task_identifier || ' attempts ' || attempts
        from graphile_worker.jobs where run_at < now() - interval '5 seconds'
      union all select 'timer ' || kind from kernel.timers where due_at < now() - interval '5 seconds'
      union all select 'dead letter of ' || consumer || ': ' || left(error, 200) from kernel.dead_letters
      union all select 'subscriber ' || id from kernel.subscriptions
        where position < (select max(position) from kernel.events where type = 'conversation.created')
          and id like '%automations%'`);
  }

  private async column(text: string, values: unknown[] = []): Promise<string[]> {
    const { rows } = await this.client.query<Record<string, string>>(text, values);
    return rows.map((row) => Object.values(row)[0]!);
  }
}
