import { Injectable } from '@nestjs/common';
import { Events } from '@parley/kernel/events';
import { ContactImportProgressed } from '../identity.events.js';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { decideImportRows, uniqueKeysOf, type ImportDecision } from './import-decision.js';
import { ImportRowParser, type NumberedRecord, type ParsedImportRow } from './import-row-parser.service.js';
import { ImportRowWriter, type DecidedRow } from './import-row-writer.service.js';
import { ImportDryRunService } from './import-dry-run.service.js';
import type { ImportCounts, ImportError, ImportView } from './import.view.js';

/** Result of a batch. */
export interface BatchOutcome extends ImportCounts {
  readonly errors: readonly ImportError[];
  /** Rows that were imported without an invalid phone number. */
  readonly warnings: readonly ImportError[];
}

interface BatchCounts {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  readonly errors: ImportError[];
}

/** Imports the rows of a file in batches; in the caller's unit of work. */
@Injectable()
export class ImportBatchRunner {
  constructor(
    private readonly rowParser: ImportRowParser,
    private readonly dryRun: ImportDryRunService,
    private readonly owners: ContactOwnersRepository,
    private readonly writer: ImportRowWriter,
    private readonly events: Events,
  ) {}

  /** Imports the rows in their order and emits one event with all created contacts. */
  async run(workspaceId: string, view: ImportView, records: readonly NumberedRecord[]): Promise<BatchOutcome> {
    const { rows, errors, warnings } = await this.rowParser.parse(workspaceId, view.options, records);
    const counts: BatchCounts = { created: 0, updated: 0, unchanged: 0, skipped: 0, errors };
    const createdIds: string[] = [];
    for (const run of splitIndependentRuns(rows)) {
      for (let offset = 0, size = run.length; offset < run.length;) {
        const decisions = await this.decide(workspaceId, view, run.slice(offset, offset + size));
        if (!view.options.dryRun) createdIds.push(...(await this.apply(workspaceId, decisions, counts)));
        else for (const { row, decision } of decisions) countDecision(counts, row, decision);
        offset += decisions.length;
        // Reads about as many rows as can be decided together.
        size = 2 * decisions.length;
      }
    }
    if (createdIds.length > 0)
      this.events.append(new ContactImportProgressed(view.id, { file_name: view.fileName, created_ids: createdIds }));
    const failedRows = new Set(counts.errors.map(({ row }) => row));
    return {
      ...counts,
      failed: counts.errors.length,
      warnings: warnings.filter(({ row }) => !failedRows.has(row)),
    };
  }

  /** Returns the IDs of the created contacts. */
  private async apply(
    workspaceId: string,
    decisions: readonly DecidedRow[],
    counts: BatchCounts,
  ): Promise<readonly string[]> {
    const written = await this.writer.write(workspaceId, decisions);
    counts.created += written.createdIds.length;
    counts.updated += written.updated;
    counts.errors.push(...written.errors);
    for (const { row, decision } of decisions)
      if (decision.kind !== 'create' && decision.kind !== 'update') countDecision(counts, row, decision);
    return written.createdIds;
  }

  /** Decides on the first rows of a run, at least one. */
  private async decide(workspaceId: string, view: ImportView, run: readonly ParsedImportRow[]): Promise<DecidedRow[]> {
    const fields = run.map((row) => row.fields);
    const decisions = view.options.dryRun
      ? await this.dryRun.decide(workspaceId, view, fields)
      : decideImportRows(fields, await this.owners.findByInputs(workspaceId, fields), view.options);
    return decisions.map((decision, index) => ({ row: run[index]!, decision }));
  }
}

function countDecision(counts: BatchCounts, { row, record }: ParsedImportRow, decision: ImportDecision): void {
  if (decision.kind === 'fail') counts.errors.push({ row, record, reasons: decision.reasons });
  else if (decision.kind === 'skip') counts.skipped += 1;
  else if (decision.kind === 'unchanged') counts.unchanged += 1;
  else counts[decision.kind === 'create' ? 'created' : 'updated'] += 1;
}

/** Splits rows, in their order, into runs in which no two rows share a unique key. */
function splitIndependentRuns(rows: readonly ParsedImportRow[]): ParsedImportRow[][] {
  const runs: ParsedImportRow[][] = [];
  let usedKeys = new Set<string>();
  for (const row of rows) {
    const keys = uniqueKeysOf(row.fields);
    if (runs.length === 0 || keys.some((key) => usedKeys.has(key))) {
      runs.push([]);
      usedKeys = new Set();
    }
    runs.at(-1)!.push(row);
    for (const key of keys) usedKeys.add(key);
  }
  return runs;
}
