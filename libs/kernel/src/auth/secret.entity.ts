import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Generated secret of this installation. */
@Entity({ schema: 'kernel', name: 'secrets' })
export class SecretEntity {
  @PrimaryColumn('text')
  name: string;

  @Column('text')
  value: string;
}
