import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Contact in a segment, as of the last membership update. */
@Entity({ schema: 'identity', name: 'segment_members' })
export class SegmentMemberEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'segment_id' })
  segmentId: string;

  @PrimaryColumn({ type: 'uuid', name: 'contact_id' })
  contactId: string;

  @Column({ type: 'timestamptz', name: 'entered_at', precision: 3, transformer: isoTimeTransformer })
  enteredAt: string;
}
