import { Test, type TestingModule } from '@nestjs/testing';
import type { Type } from '@nestjs/common';
import {
  Database,
  KernelModule,
  makeLogger,
  readSettings,
  runInContext,
  systemContext,
  type Actor,
  type PageRequest,
  type Statement,
} from '@parley/kernel';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { TeamsModule, WorkspacesService } from '@parley/teams';
import { ConversationIntake, type ConversationToBegin } from '../conversations/conversation-intake.service.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import { MessagingModule } from '../messaging.module.js';

/** The first page of any list. */
export const FIRST_PAGE: PageRequest = {
  limit: 20,
  start: { offset: 0 },
  direction: 'desc',
  fingerprint: '',
  offset: 0,
  knownTotal: null,
};

/** Messaging on a database of its own, with one workspace and its owner; nothing runs in the background. */
export class MessagingWorld {
  workspaceId: string;
  userId: string;
  private app: TestingModule;
  private database: TestDatabase;

  static async start(): Promise<MessagingWorld> {
    const world = new MessagingWorld();
    world.database = await createTestDatabase();
    const kernel = KernelModule.forRoot({
      settings: readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' }),
      databaseUrl: world.database.url,
      logger: makeLogger('silent'),
    });
    world.app = await Test.createTestingModule({ imports: [kernel, TeamsModule, MessagingModule] }).compile();
    world.app.useLogger(false);
    await world.app.init();
    const owner = { email: 'sarah@example.com', name: 'Sarah Chen', passwordHash: '' };
    Object.assign(world, await world.app.get(WorkspacesService).create('Acme', owner));
    return world;
  }

  async stop(): Promise<void> {
    await this.app?.close();
    await this.database?.drop();
  }

  get<T>(service: Type<T>): T {
    return this.app.get(service, { strict: false });
  }

  /** Runs `work` in the workspace, as its owner unless told otherwise. */
  as<T>(work: () => Promise<T>, actor: Actor = { kind: 'user', id: this.userId }): Promise<T> {
    return runInContext({ ...systemContext('test', null, this.workspaceId), actor }, work);
  }

  begin(fields: Partial<ConversationToBegin> = {}): Promise<ConversationView> {
    const contact = { email: 'john@example.com', name: 'John Doe' };
    return this.as(() =>
      this.get(ConversationIntake).begin(this.workspaceId, {
        subject: 'Missing invoice',
        contact,
        message: { type: 'comment', body: 'Where is my invoice?' },
        ...fields,
      }),
    );
  }

  /** The texts of the statements that `work` sends, in order. */
  async statements(work: () => Promise<unknown>): Promise<string[]> {
    const database = this.get(Database) as { rows?: unknown; execute?: unknown };
    const sent: string[] = [];
    for (const way of ['rows', 'execute'] as const) {
      const real = (database[way] as (statement: Statement, values?: readonly unknown[]) => unknown).bind(database);
      database[way] = (statement: Statement, values?: readonly unknown[]) => {
        sent.push(statement.text);
        return real(statement, values);
      };
    }
    try {
      await this.as(work);
      return sent;
    } finally {
      delete database.rows;
      delete database.execute;
    }
  }
}
