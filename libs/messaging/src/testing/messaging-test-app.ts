import { Test, type TestingModule } from '@nestjs/testing';
import type { Type } from '@nestjs/common';
import { KernelModule, createLogger, readSettings, runInContext, systemContext, type Actor } from '@parley/kernel';
import { Database, type Statement } from '@parley/kernel/database';
import type { PageRequest } from '@parley/kernel/pagination';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { TeamsModule, WorkspacesService } from '@parley/teams';
import { ConversationCreator } from '../conversations/conversation-creator.service.js';
import type { CreateConversationInput } from '../conversations/create-conversation-input.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import { MessagingModule } from '../messaging.module.js';

/** First page of a list. */
export const FIRST_PAGE: PageRequest = {
  limit: 20,
  start: { offset: 0 },
  direction: 'desc',
};

/** Messaging module on its own database, with one workspace and its owner. Runs no background work. */
export class MessagingTestApp {
  workspaceId: string;
  userId: string;
  private app: TestingModule;
  private database: TestDatabase;

  static async start(): Promise<MessagingTestApp> {
    const testApp = new MessagingTestApp();
    testApp.database = await createTestDatabase();
    const kernel = KernelModule.forRoot({
      settings: readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' }),
      databaseUrl: testApp.database.url,
      logger: createLogger('silent'),
    });
    testApp.app = await Test.createTestingModule({ imports: [kernel, TeamsModule, MessagingModule] }).compile();
    testApp.app.useLogger(false);
    await testApp.app.init();
    const owner = { email: 'sarah@example.com', name: 'Sarah Chen', passwordHash: '' };
    Object.assign(testApp, await testApp.app.get(WorkspacesService).create('Acme', owner));
    return testApp;
  }

  async stop(): Promise<void> {
    await this.app?.close();
    await this.database?.drop();
  }

  get<T>(service: Type<T>): T {
    return this.app.get(service, { strict: false });
  }

  /** Runs `work` in the workspace, by default as its owner. */
  runAs<T>(work: () => Promise<T>, actor: Actor = { kind: 'user', id: this.userId }): Promise<T> {
    return runInContext({ ...systemContext('test', null, this.workspaceId), actor }, work);
  }

  createConversation(fields: Partial<CreateConversationInput> = {}): Promise<ConversationView> {
    const contact = { email: 'john@example.com', name: 'John Doe' };
    return this.runAs(() =>
      this.get(ConversationCreator).create(this.workspaceId, {
        subject: 'Missing invoice',
        contact,
        message: { type: 'comment', body: 'Where is my invoice?' },
        ...fields,
      }),
    );
  }

  /** Returns the texts of the statements that `work` executes, in order. */
  async recordStatements(work: () => Promise<unknown>): Promise<string[]> {
    const database = this.get(Database) as { rows?: unknown; execute?: unknown };
    const statements: string[] = [];
    for (const method of ['rows', 'execute'] as const) {
      const original = (database[method] as (statement: Statement, values?: readonly unknown[]) => unknown).bind(
        database,
      );
      database[method] = (statement: Statement, values?: readonly unknown[]) => {
        statements.push(statement.text);
        return original(statement, values);
      };
    }
    try {
      await this.runAs(work);
      return statements;
    } finally {
      delete database.rows;
      delete database.execute;
    }
  }
}
