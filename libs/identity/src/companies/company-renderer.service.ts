import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { CompaniesService } from './companies.service.js';
import { toCompanyDto, type CompanyDto } from './dto/company.dto.js';

/** Renders companies for events and webhooks. */
@Injectable()
export class CompanyRenderer {
  constructor(private readonly companies: CompaniesService) {}

  @Renders('company')
  async render(workspaceId: string, id: string): Promise<CompanyDto | null> {
    const company = await this.companies.find(workspaceId, id);
    return company && toCompanyDto(company);
  }
}
