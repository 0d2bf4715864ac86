import { Entity, PrimaryColumn } from 'typeorm';

/** Name of a deleted object that others refer to by name. It can have been created again. */
@Entity({ schema: 'identity', name: 'deleted_names' })
export class DeletedNameEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Type of reference: `tag` or `custom_field`. */
  @PrimaryColumn('text')
  type: string;

  /** Name in references: the key of a tag, or `contact.plan`. */
  @PrimaryColumn('text')
  name: string;
}
