import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { SIGN_IN } from '../teams.rate-classes.js';
import { toDevice } from '../auth/request-device.js';
import { SignInDto, toSignInDto } from '../auth/dto/auth.dto.js';
import {
  AcceptInvitationDto,
  PreviewInvitationDto,
  InvitationPreviewDto,
  toInvitationPreviewDto,
} from './dto/invitation.dto.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';

/** Acceptance of invitations. */
@ApiTags('Invitations')
@Controller('v1/auth/invitations')
export class InvitationAcceptanceController {
  constructor(private readonly acceptance: InvitationAcceptanceService) {}

  @Post('preview')
  @Operation({
    summary: 'Preview an invitation',
    description: 'Returns the invitation of a token. Does not use up the token.',
    access: 'public',
    response: { item: InvitationPreviewDto },
    errors: ['UNAUTHORIZED'],
    rateClass: SIGN_IN,
  })
  async preview(@Body() body: PreviewInvitationDto): Promise<ItemResponse<InvitationPreviewDto>> {
    return toResponse(toInvitationPreviewDto(await this.acceptance.preview(body.token)));
  }

  @Post('accept')
  @Operation({
    summary: 'Accept an invitation',
    description:
      'Makes the user an active member, adds them to the teams and inboxes of the invitation, and signs them in. ' +
      'The token works once. A new user gets an account of the workspace or, if the link was mailed, one that can join ' +
      'other workspaces too. Fails with 403 if the workspace does not allow passwords.\n\nIf the user has a ' +
      'second factor and the request has none, the response is 401 with `details.second_factor_required`.',
    access: 'public',
    hasSecrets: true,
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN'],
    rateClass: SIGN_IN,
  })
  async accept(@Body() body: AcceptInvitationDto, @Req() request: FastifyRequest): Promise<ItemResponse<SignInDto>> {
    const { token, name = null, password = null, totp_code: totpCode, recovery_code: recoveryCode } = body;
    return toResponse(
      toSignInDto(
        await this.acceptance.accept(
          { token, name, password, secondFactor: { totpCode, recoveryCode } },
          toDevice(request),
        ),
      ),
    );
  }
}
