import type { BulkFieldChanges } from '@parley/kernel/bulk';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Changes that a bulk update made to a contact. */
@Entity({ schema: 'identity', name: 'bulk_operation_changes' })
export class BulkOperationChangeEntity {
  /** ID of the bulk update. */
  @PrimaryColumn({ type: 'uuid', name: 'run_id' })
  runId: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** ID of the contact. */
  @PrimaryColumn({ type: 'uuid', name: 'object_id' })
  objectId: string;

  @Column('jsonb')
  changes: BulkFieldChanges;

  /** True if an undo has processed the contact. */
  @Column({ type: 'boolean', default: false })
  undone: boolean;
}
