import { Injectable } from '@nestjs/common';
import { DomainError, InvalidInputError } from '@parley/kernel';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { ContactValidator } from '../contacts/contact-validator.service.js';
import type { ContactInput } from '../contacts/contact.view.js';
import type { CsvRecord } from '../csv/csv-records.js';
import { withoutInvalidPhones } from './import-phones.js';
import { parseRow } from './import-row.js';
import type { ImportError, ImportView } from './import.view.js';

export type NumberedRecord = Pick<CsvRecord, 'row' | 'record' | 'fault'>;

/** A valid row with its contact fields. */
export interface ParsedImportRow extends Pick<CsvRecord, 'row' | 'record'> {
  readonly fields: ContactInput;
}

/** Parses and validates rows with the rules of the API. */
@Injectable()
export class ImportRowParser {
  constructor(
    private readonly contactValidator: ContactValidator,
    private readonly attributeValidator: AttributeValidator,
  ) {}

  /** The valid rows in their order, warnings about rows without their invalid phone numbers, and errors of other rows. */
  async parse(
    workspaceId: string,
    { mapping, tags }: ImportView['options'],
    records: readonly NumberedRecord[],
  ): Promise<{ rows: ParsedImportRow[]; errors: ImportError[]; warnings: ImportError[] }> {
    const types = await this.attributeValidator.getTypes(workspaceId, 'contact');
    const rows: ParsedImportRow[] = [];
    const errors: ImportError[] = [];
    const warnings: ImportError[] = [];
    for (const { row, record, fault } of records) {
      const parsed = fault !== null ? { reasons: [fault] } : parseRow(record, mapping, types, tags);
      const validated = 'fields' in parsed ? await this.validate(workspaceId, parsed.fields) : parsed;
      if ('fields' in validated) rows.push({ row, record, fields: validated.fields });
      if (!('fields' in validated)) errors.push({ row, record, reasons: validated.reasons });
      else if (validated.warnings.length > 0) warnings.push({ row, record, reasons: validated.warnings });
    }
    return { rows, errors, warnings };
  }

  private async validate(
    workspaceId: string,
    fields: ContactInput,
    warnings: readonly string[] = [],
  ): Promise<{ fields: ContactInput; warnings: readonly string[] } | { reasons: readonly string[] }> {
    try {
      return { fields: await this.contactValidator.validate(workspaceId, fields), warnings };
    } catch (error) {
      const reasons = toReasons(error);
      const remainingFields = withoutInvalidPhones(fields, error);
      if (remainingFields === null) return { reasons };
      return this.validate(
        workspaceId,
        remainingFields,
        reasons.map((reason) => `imported without it: ${reason}`),
      );
    }
  }
}

/** SQLSTATE classes of values that the database cannot store, and of rows beyond its limits. */
const ROW_SQL_STATES = /^(22|54)/;

/** True if an error concerns the row, so that trying again cannot succeed. */
export function isRowError(error: unknown): boolean {
  return error instanceof DomainError || ROW_SQL_STATES.test(sqlStateOf(error) ?? '');
}

/** Reasons why a row was rejected, with fields named as in mappings. Rethrows errors that do not concern the row. */
export function toReasons(error: unknown): string[] {
  if (error instanceof InvalidInputError) return Object.values(error.describe().details).flat();
  if (error instanceof DomainError) return [error.message];
  if (isRowError(error)) return ['the row has a value that cannot be stored'];
  throw error;
}

function sqlStateOf(error: unknown): string | undefined {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const state = driverError?.code ?? code;
  return typeof state === 'string' ? state : undefined;
}
