import { Body, Controller, Delete, Get, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { FileDeliveryService } from '@parley/kernel/files';
import { IdParam, toResponse, Operation, uploadsOf, type ItemResponse } from '@parley/kernel/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ContactDto, toContactDto } from '../contacts/dto/contact.dto.js';
import { ContactAvatarsService } from './contact-avatars.service.js';
import { AvatarLinkQueryDto } from './dto/avatar-link-query.dto.js';

@ApiTags('Contacts')
@Controller(['v1/contacts/:id/avatar', 'v1/customer-profiles/:id/avatar'])
export class ContactAvatarsController {
  constructor(
    private readonly avatars: ContactAvatarsService,
    private readonly delivery: FileDeliveryService,
  ) {}

  @Put()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary', description: 'Image file of at most 5 MB.' } },
    },
  })
  @Operation({
    summary: "Upload a contact's avatar",
    description:
      'Send a PNG, JPEG, WebP or GIF image of at most 5 MB as `multipart/form-data` in the field `file`. ' +
      'Replaces the previous avatar. `avatar_url` of the contact is then a signed URL of the image.',
    access: 'contacts:write',
    response: { item: ContactDto },
    errors: ['NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  })
  async uploadAvatar(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Req() request: FastifyRequest,
    @Body() body: Record<string, unknown> | undefined,
  ): Promise<ItemResponse<ContactDto>> {
    const unknown = Object.keys(body ?? {});
    if (unknown.length > 0)
      throw badRequestError(Object.fromEntries(unknown.map((name) => [name, [`${name} is not a known field`]])));
    return toResponse(
      toContactDto(await this.avatars.set(workspaceId, id, uploadsOf(request)), (contact) =>
        this.avatars.buildUrl(contact),
      ),
    );
  }

  @Get()
  @Operation({
    summary: "Download a contact's avatar",
    description: 'Requires the signed URL in `avatar_url`.',
    access: 'public',
    response: { media: 'image/*', description: 'The image.' },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  })
  async getAvatar(
    @IdParam() id: string,
    @Query() query: AvatarLinkQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { key, type, size, sha256 } = await this.avatars.getByLink(id, query);
    await this.delivery.send(request, reply, { key, name: `avatar.${type.slice(6)}`, type, size, sha256 });
  }

  @Delete()
  @Operation({
    summary: "Delete a contact's avatar",
    description: 'Does nothing if the contact has no avatar.',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async deleteAvatar(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.avatars.remove(workspaceId, id);
  }
}
