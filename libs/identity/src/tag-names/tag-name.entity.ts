import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Spelling of a tag in a workspace: that of its first use. */
@Entity({ schema: 'identity', name: 'tag_names' })
export class TagNameEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  /** Name in normalized form with folded case. */
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  name: string;

  /** True if only contacts have had the tag. It is personal data then. */
  @Column({ type: 'boolean', name: 'contact_only', default: false })
  contactOnly: boolean;
}
