import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { ContactDto, toContactDto } from '../contacts/dto/contact.dto.js';
import { ContactIdentificationService } from './contact-identification.service.js';
import { IdentifyContactDto, toIdentifyContactInput } from './dto/identify-contact.dto.js';

/** Who anonymous contacts are. */
@ApiTags('Identity')
@Controller(['v1/contacts/:id/identify', 'v1/customer-profiles/:id/identify'])
export class ContactIdentificationController {
  constructor(
    private readonly identification: ContactIdentificationService,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Post()
  @Operation({
    summary: 'Say who a contact is',
    access: 'contacts:write',
    response: { item: ContactDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
    description:
      'Looks for who has the identifier, e-mail or telephone number, in that order. When there is such a contact, an anonymous one is merged into them, and the answer is that contact, with another id; it can be ' +
      'undone like any merge. Otherwise the contact itself is the one from now on.',
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
