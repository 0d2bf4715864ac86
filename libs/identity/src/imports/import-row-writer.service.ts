import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { ContactWriter } from '../contacts/contact-writer.service.js';
import type { ContactInput } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ImportCompanyResolver } from './import-company-resolver.service.js';
import type { ImportDecision } from './import-decision.js';
import { isRowError, toReasons, type ParsedImportRow } from './import-row-parser.service.js';
import type { ImportError } from './import.view.js';

/** A row with its decision. */
export interface DecidedRow {
  readonly row: ParsedImportRow;
  readonly decision: ImportDecision;
}

/** Result of writing rows. */
export interface WrittenRows {
  readonly createdIds: readonly string[];
  readonly updated: number;
  readonly errors: readonly ImportError[];
}

/** A contact to create, or to update if it has an ID. */
interface RowWrite {
  readonly row: ParsedImportRow;
  readonly id: string | null;
  readonly isNew: boolean;
  readonly fields: ContactInput;
}

/** Writes the contacts of rows; in the caller's unit of work. */
@Injectable()
export class ImportRowWriter {
  constructor(
    private readonly contacts: ContactsService,
    private readonly writer: ContactWriter,
    private readonly companies: ImportCompanyResolver,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Creates and updates the contacts of rows that share no unique key. */
  async write(workspaceId: string, decisions: readonly DecidedRow[]): Promise<WrittenRows> {
    const writes = decisions.flatMap(({ row, decision }): RowWrite[] => {
      if (decision.kind === 'create') return [{ row, id: null, isNew: true, fields: decision.fields }];
      return decision.kind === 'update' ? [{ row, id: decision.id, isNew: false, fields: decision.fields }] : [];
    });
    const linked = await this.companies.resolve(workspaceId, writes);
    const errors: ImportError[] = [];
    const createdIds = await this.createAll(
      workspaceId,
      linked.filter(({ isNew }) => isNew),
      errors,
    );
    let updated = 0;
    for (const write of linked.filter(({ isNew }) => !isNew)) {
      const isDone = await this.tryWrite(write, errors, async () => {
        await this.contacts.update(workspaceId, write.id!, write.fields, null);
      });
      updated += isDone ? 1 : 0;
    }
    return { createdIds, updated, errors };
  }

  /**
   * Creates all contacts in one statement, or one by one if a row cannot be stored or another transaction took one of
   * its addresses concurrently.
   */
  private async createAll(workspaceId: string, writes: readonly RowWrite[], errors: ImportError[]): Promise<string[]> {
    if (writes.length === 0) return [];
    try {
      return await this.unitOfWork.runInSavepoint(() =>
        this.writer.createMany(
          workspaceId,
          writes.map(({ fields }) => fields),
        ),
      );
    } catch (error) {
      if (!isRowError(error)) throw error;
    }
    const ids: string[] = [];
    for (const write of writes)
      await this.tryWrite(write, errors, async () => {
        ids.push(...(await this.writer.createMany(workspaceId, [write.fields])));
      });
    return ids;
  }

  /** Returns false if the row cannot be written. */
  private async tryWrite(
    { row: { row, record } }: RowWrite,
    errors: ImportError[],
    work: () => Promise<void>,
  ): Promise<boolean> {
    try {
      await this.unitOfWork.runInSavepoint(work);
      return true;
    } catch (error) {
      if (!isRowError(error)) throw error;
      errors.push({ row, record, reasons: toReasons(error) });
      return false;
    }
  }
}
