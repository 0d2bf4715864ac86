import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CompaniesRepository } from './companies.repository.js';
import { CompanyDomainEntity } from './company-domain.entity.js';
import { CompanyEntity } from './company.entity.js';

/** Stored companies, without their contacts, which depend on them. */
@Module({
  imports: [TypeOrmModule.forFeature([CompanyEntity, CompanyDomainEntity])],
  providers: [CompaniesRepository],
  exports: [CompaniesRepository],
})
export class CompanyRecordsModule {}
