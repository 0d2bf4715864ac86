import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { ContactDto, toContactDto } from '../contacts/dto/contact.dto.js';
import { ContactIdentificationService } from './contact-identification.service.js';
import { IdentifyContactDto, toIdentifyContactInput } from './dto/identify-contact.dto.js';

@ApiTags('Contacts')
@Controller(['v1/contacts/:id/identify', 'v1/customer-profiles/:id/identify'])
export class ContactIdentificationController {
  constructor(
    private readonly identification: ContactIdentificationService,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Post()
  @Operation({
    summary: 'Identify a contact',
    access: 'contacts:write',
    response: { item: ContactDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
    description:
      'Looks up the owner of the identifier, e-mail or phone number, in that order. If another contact owns ' +
      'one of them and this contact is anonymous, merges this contact into the owner and returns the owner ' +
      '(with a different ID); the merge can be undone. If there is no owner, sets the fields on this contact. ' +
      'Fails with 409 if this contact is already identified and another contact owns one of the fields. ' +
      'A phone number finds a contact only if it is the primary phone number of exactly one contact, and this contact ' +
      'has no other identifier or e-mail than the given ones: people share phone numbers.',
  })
  async identify(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: IdentifyContactDto,
  ): Promise<ItemResponse<ContactDto>> {
    return toResponse(
      toContactDto(await this.identification.identify(workspaceId, id, toIdentifyContactInput(body)), (view) =>
        this.avatars.buildUrl(view),
      ),
    );
  }
}
