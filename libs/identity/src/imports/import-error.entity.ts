import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Row of a CSV file that could not be imported, or not completely. */
@Entity({ schema: 'identity', name: 'import_errors' })
export class ImportErrorEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'import_id' })
  importId: string;

  /** Row number as in spreadsheets: the header is row 1. */
  @PrimaryColumn({ type: 'integer', name: 'row_number' })
  rowNumber: number;

  @Column('jsonb')
  reasons: readonly string[];

  @Column('jsonb')
  record: Readonly<Record<string, string>>;
}
