import { Column, Entity, PrimaryColumn } from 'typeorm';

/** E-mail domain of a company. A domain belongs to one company of a workspace. */
@Entity({ schema: 'identity', name: 'company_domains' })
export class CompanyDomainEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn('text')
  domain: string;

  @Column({ type: 'uuid', name: 'company_id' })
  companyId: string;
}
