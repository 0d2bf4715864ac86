import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { AttributeChecks } from '../attributes/attribute-checks.service.js';
import { ContactFieldChecks } from '../contacts/contact-fields.service.js';
import type { ContactFields } from '../contacts/contact.view.js';
import type { CsvRecord } from './csv-records.js';
import { readRow } from './import-row.js';
import type { ImportError, ImportView } from './import.view.js';

/** A row of the file. */
export type NumberedRecord = Pick<CsvRecord, 'row' | 'record' | 'surplus'>;

const SURPLUS = 'the row has more cells than there are columns';

/** A row that says something of a contact. */
export interface ReadRow extends Pick<CsvRecord, 'row' | 'record'> {
  readonly fields: ContactFields;
}

/** Reads what rows say, by the rules of the API. */
@Injectable()
export class ImportReading {
  constructor(
    private readonly checks: ContactFieldChecks,
    private readonly attributes: AttributeChecks,
  ) {}

  /** The rows that can be taken in, in their order, and why the others cannot. */
  async read(
    workspaceId: string,
    { mapping, tags }: ImportView['options'],
    records: readonly NumberedRecord[],
  ): Promise<{ rows: ReadRow[]; errors: ImportError[] }> {
    const types = await this.attributes.typesOf(workspaceId, 'contact');
    const rows: ReadRow[] = [];
    const errors: ImportError[] = [];
    for (const { row, record, surplus } of records) {
      const said = surplus > 0 ? { reasons: [SURPLUS] } : readRow(record, mapping, types, tags);
      const checked = 'fields' in said ? await this.checked(workspaceId, said.fields) : said;
      if ('fields' in checked) rows.push({ row, record, fields: checked.fields });
      else errors.push({ row, record, reasons: checked.reasons });
    }
    return { rows, errors };
  }

  private async checked(
    workspaceId: string,
    fields: ContactFields,
  ): Promise<{ fields: ContactFields } | { reasons: readonly string[] }> {
    try {
      return { fields: await this.checks.check(workspaceId, fields) };
    } catch (error) {
      return { reasons: reasonsOf(error) };
    }
  }
}

/** What a refusal says of a row. @throws whatever is no refusal. */
export function reasonsOf(error: unknown): string[] {
  if (!(error instanceof DomainError)) throw error;
  const details = error.code === 'BAD_REQUEST' ? (Object.values(error.details).flat() as string[]) : [];
  return details.length > 0 ? details : [error.message];
}
