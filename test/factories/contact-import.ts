import { getData, type Client } from '../support/client.js';
import type { ItemResponse } from '../support/wire.js';

/** An import of contacts, with the fields that tests use. */
export interface ContactImport {
  readonly id: string;
  readonly status: string;
  readonly encoding: string;
  readonly warnings: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
  readonly ignored_columns: readonly string[];
  readonly progress_percent: number;
  readonly rows_read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly incomplete: number;
  readonly errors_url: string | null;
  readonly error: string | null;
}

/** Builds the form for an import file. */
export function buildImportForm(
  csv: string | Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'contacts.csv');
  return form;
}

/** Starts an import of contacts. */
export async function importContacts(
  client: Client,
  csv: string | Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>> = {},
): Promise<ContactImport> {
  return getData(await client.post<ItemResponse<ContactImport>>('/v1/contacts/imports', buildImportForm(csv, fields)));
}
