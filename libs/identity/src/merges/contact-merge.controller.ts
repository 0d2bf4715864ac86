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

@ApiTags('Contact merges')
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
    summary: 'Merge contacts',
    access: 'contacts:write',
    response: { item: MergeOutcomeDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'CONFLICT'],
    description:
      'Merges the given contacts into this contact. E-mails, phone numbers, tags, conversations, notes and ' +
      'all other data are united; counters are summed. Values of this contact stay unchanged. An empty field ' +
      'or custom field takes the first value of the other contacts. A merged contact then returns 404 with ' +
      '`merged_into`; its e-mails, phone numbers and identifier lead to this contact. Fails with 422 if the ' +
      'result exceeds 100 e-mails, phone numbers or tags. Emits `contact.merged`. Can be undone for 30 days.',
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
    summary: "List a contact's merges",
    description: 'Returns the merges into this contact, newest first by default, including undone merges.',
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
      'Restores the merged contacts with the data that they had before and that still belongs to the ' +
      'remaining contact. Data that was added or changed since the merge stays with the remaining contact. ' +
      'Fails with 422 after 30 days, and if a later merge must be undone first: `details.undo_merge_first` is ' +
      'its ID. Fails with 409 if the merge was already undone.',
  })
  async undoMerge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('merge_id', 'Merge ID.') id: string,
  ): Promise<ItemResponse<MergeOutcomeDto>> {
    return toResponse(await this.toOutcomeDto(workspaceId, await this.unmerges.undo(workspaceId, id)));
  }

  private async toOutcomeDto(workspaceId: string, merge: ContactMergeView): Promise<MergeOutcomeDto> {
    const contact = await this.contacts.get(workspaceId, merge.targetId);
    return { ...toContactMergeDto(merge), contact: toContactDto(contact, (view) => this.avatars.buildUrl(view)) };
  }
}
