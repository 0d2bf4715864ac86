import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { one, Operation, type One } from '@parley/kernel';
import type { FastifyRequest } from 'fastify';
import { deviceOf } from '../auth/device-of.js';
import { SignInDto, toSignInDto } from '../auth/dto/auth.dto.js';
import {
  AcceptInvitationDto,
  ShowInvitationDto,
  ShownInvitationDto,
  toShownInvitationDto,
} from './dto/invitation.dto.js';
import { InvitationAcceptance } from './invitation-acceptance.service.js';

/** Joining by an invitation. */
@ApiTags('Teams')
@Controller('v1/auth/invitations')
export class InvitationAcceptanceController {
  constructor(private readonly acceptance: InvitationAcceptance) {}

  @Post('show')
  @Operation({
    summary: 'Show an invitation',
    description: 'To whoever holds its token, which this does not use up.',
    access: 'public',
    answer: { one: ShownInvitationDto },
    errors: ['UNAUTHORIZED'],
    rate: 'sign_in',
  })
  async show(@Body() body: ShowInvitationDto): Promise<One<ShownInvitationDto>> {
    return one(toShownInvitationDto(await this.acceptance.show(body.token)));
  }

  @Post('accept')
  @Operation({
    summary: 'Accept an invitation',
    description:
      'Makes you an active member, in the teams and inboxes that the invitation names, and signs you in. The token is used up.\n\nWhere your second factor is on and the call shows none, the answer is 401 with `details.second_factor_required`.',
    access: 'public',
    answer: { one: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN'],
    rate: 'sign_in',
  })
  async accept(@Body() body: AcceptInvitationDto, @Req() request: FastifyRequest): Promise<One<SignInDto>> {
    const { token, name = null, password = null, totp_code: totpCode, recovery_code: recoveryCode } = body;
    return one(
      toSignInDto(
        await this.acceptance.accept(
          { token, name, password, secondFactor: { totpCode, recoveryCode } },
          deviceOf(request),
        ),
      ),
    );
  }
}
