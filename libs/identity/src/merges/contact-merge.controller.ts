import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  CreatedPageQueryDto,
  toListResponse,
  parsePageRequest,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { toContactDto } from '../contacts/dto/contact.dto.js';
import type { ContactMergeView } from './contact-merge.view.js';
import { ContactMergeService } from './contact-merge.service.js';
import { ContactUnmergeService } from './contact-unmerge.service.js';
import { ContactMergeDto, MergeContactsDto, MergeOutcomeDto, toContactMergeDto } from './dto/contact-merge.dto.js';

/** Contacts that become one, and part again. */
@ApiTags('Identity')
@Controller(['v1/contacts', 'v1/customer-profiles'])
export class ContactMergeController {
  constructor(
    private readonly merges: ContactMergeService,
    private readonly unmerges: ContactUnmergeService,
    private readonly contacts: ContactsService,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Post(':id/merge')
  @Operation({
    summary: 'Merge contacts into one',
    access: 'contacts:write',
    response: { item: MergeOutcomeDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'CONFLICT'],
    description:
      'The contacts named become this one. E-mails, telephone numbers, tags, conversations, notes and whatever else belongs to them are united; counts are summed. What this contact has stays as it is; ' +
      'a field that is empty here, and each of `custom_fields` that is, takes the value of the first of the others that has one. A merged contact is 404 with `merged_into`, and their e-mails, ' +
      'telephone numbers and identifiers lead to this contact. It can be undone for 30 days.',
  })
  async merge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: MergeContactsDto,
  ): Promise<ItemResponse<MergeOutcomeDto>> {
    return toResponse(await this.toOutcomeDto(workspaceId, await this.merges.merge(workspaceId, id, body.contact_ids)));
  }

  @Get(':id/merges')
  @Operation({
    summary: 'List the merges into a contact',
    description: 'Newest first, unless told otherwise; those that were undone are among them.',
    access: 'contacts:read',
    response: { list: ContactMergeDto },
    errors: ['NOT_FOUND'],
  })
  async listMerges(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListResponse<ContactMergeDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['contact-merges', workspaceId, id, range]);
    const page = await this.merges.list(workspaceId, id, range, request);
    return toListResponse(request, { ...page, items: page.items.map(toContactMergeDto) });
  }

  @Post('merges/:merge_id/undo')
  @Operation({
    summary: 'Undo a merge',
    access: 'contacts:write',
    response: { item: MergeOutcomeDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'CONFLICT'],
    description:
      "The merged contacts are there again, with all they had that still is the other's. What came or was changed since stays where it is. Merges that build on one another are undone from the last to the " +
      'first: 422 says in `undo_first` which comes first. After 30 days a merge stays.',
  })
  async undoMerge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('merge_id', 'Id of the merge.') id: string,
  ): Promise<ItemResponse<MergeOutcomeDto>> {
    return toResponse(await this.toOutcomeDto(workspaceId, await this.unmerges.undo(workspaceId, id)));
  }

  private async toOutcomeDto(workspaceId: string, merge: ContactMergeView): Promise<MergeOutcomeDto> {
    const contact = await this.contacts.get(workspaceId, merge.targetId);
    return { ...toContactMergeDto(merge), contact: toContactDto(contact, (view) => this.avatars.buildUrl(view)) };
  }
}
