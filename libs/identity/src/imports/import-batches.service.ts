import { Injectable } from '@nestjs/common';
import { DomainError, Events, UnitOfWork } from '@parley/kernel';
import { ContactWriting } from '../contacts/contact-writing.service.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactImportProgressed } from '../identity.events.js';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { decide, keysOf, type Decision } from './import-decision.js';
import { ImportReading, reasonsOf, type NumberedRecord, type ReadRow } from './import-reading.service.js';
import { ImportRehearsal } from './import-rehearsal.service.js';
import type { ImportCounts, ImportError, ImportView } from './import.view.js';

/** What has become of the rows of a batch. */
export interface BatchOutcome extends ImportCounts {
  readonly errors: readonly ImportError[];
}

interface Tally {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  readonly errors: ImportError[];
}

/** Takes rows of a file in, a batch at a time; in the caller's unit of work. */
@Injectable()
export class ImportBatches {
  constructor(
    private readonly reading: ImportReading,
    private readonly rehearsal: ImportRehearsal,
    private readonly owners: ContactOwnersRepository,
    private readonly contacts: ContactsService,
    private readonly writing: ContactWriting,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** Takes the rows in, in their order, and tells of those who are new in one event. */
  async take(workspaceId: string, view: ImportView, records: readonly NumberedRecord[]): Promise<BatchOutcome> {
    const { rows, errors } = await this.reading.read(workspaceId, view.options, records);
    const tally: Tally = { created: 0, updated: 0, unchanged: 0, skipped: 0, errors };
    const madeIds: string[] = [];
    for (const run of independentRuns(rows)) {
      const decided = await this.decide(workspaceId, view, run);
      if (view.options.dryRun) for (const { row, decision } of decided) count(tally, row, decision);
      else madeIds.push(...(await this.apply(workspaceId, decided, tally)));
    }
    if (madeIds.length > 0) this.events.append(new ContactImportProgressed(view.id, { created_ids: madeIds }));
    return { ...tally, failed: tally.errors.length };
  }

  private async decide(
    workspaceId: string,
    view: ImportView,
    run: readonly ReadRow[],
  ): Promise<{ row: ReadRow; decision: Decision }[]> {
    const fields = run.map((row) => row.fields);
    if (view.options.dryRun)
      return (await this.rehearsal.decide(workspaceId, view, fields)).map((decision, index) => ({
        row: run[index]!,
        decision,
      }));
    const owners = await this.owners.ofRows(workspaceId, fields);
    return run.map((row) => ({ row, decision: decide(row.fields, owners, view.options) }));
  }

  /** Gives the ids of those who are new. */
  private async apply(
    workspaceId: string,
    decided: readonly { row: ReadRow; decision: Decision }[],
    tally: Tally,
  ): Promise<string[]> {
    const fresh = decided.flatMap(({ row, decision }) => (decision.kind === 'create' ? [row] : []));
    const made = await this.addAll(workspaceId, fresh, tally);
    for (const { row, decision } of decided) {
      if (decision.kind === 'update')
        await this.attempt(
          tally,
          row,
          async () => void (await this.contacts.update(workspaceId, decision.id, decision.fields, null)),
          'updated',
        );
      else if (decision.kind !== 'create') count(tally, row, decision);
    }
    return made;
  }

  /** All in one statement; one by one when somebody else has just taken an address of one of them. */
  private async addAll(workspaceId: string, rows: readonly ReadRow[], tally: Tally): Promise<string[]> {
    if (rows.length === 0) return [];
    try {
      const ids = await this.unitOfWork.attempt(() =>
        this.writing.addAll(
          workspaceId,
          rows.map(({ fields }) => fields),
        ),
      );
      tally.created += ids.length;
      return ids;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    const ids: string[] = [];
    for (const row of rows)
      await this.attempt(
        tally,
        row,
        async () => void ids.push(...(await this.writing.addAll(workspaceId, [row.fields]))),
        'created',
      );
    return ids;
  }

  private async attempt(
    tally: Tally,
    { row, record }: ReadRow,
    work: () => Promise<void>,
    kind: 'created' | 'updated',
  ): Promise<void> {
    try {
      await this.unitOfWork.attempt(work);
      tally[kind] += 1;
    } catch (error) {
      tally.errors.push({ row, record, reasons: reasonsOf(error) });
    }
  }
}

function count(tally: Tally, { row, record }: ReadRow, decision: Decision): void {
  if (decision.kind === 'fail') tally.errors.push({ row, record, reasons: decision.reasons });
  else if (decision.kind === 'skip') tally.skipped += 1;
  else if (decision.kind === 'unchanged') tally.unchanged += 1;
  else tally[decision.kind === 'create' ? 'created' : 'updated'] += 1;
}

/** Rows in their order, in runs within which no two have to do with one contact. */
function independentRuns(rows: readonly ReadRow[]): ReadRow[][] {
  const runs: ReadRow[][] = [];
  let seen = new Set<string>();
  for (const row of rows) {
    const keys = keysOf(row.fields);
    if (runs.length === 0 || keys.some((key) => seen.has(key))) {
      runs.push([]);
      seen = new Set();
    }
    runs.at(-1)!.push(row);
    for (const key of keys) seen.add(key);
  }
  return runs;
}
