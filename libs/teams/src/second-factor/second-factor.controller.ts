import { Body, Controller, Delete, Post, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import {
  CreateTotpSecretDto,
  ConfirmTotpDto,
  RecoveryCodesDto,
  RenewRecoveryCodesDto,
  SecondFactorProofDto,
  TotpSecretDto,
} from './dto/second-factor.dto.js';
import { SecondFactorService } from './second-factor.service.js';

/** Codes of an authenticator app beside the password. */
@ApiTags('Teams')
@Controller('v1/auth/totp')
export class SecondFactorController {
  constructor(private readonly secondFactor: SecondFactorService) {}

  @Post()
  @Operation({
    summary: 'Begin with an authenticator app',
    description:
      'Makes a secret for the app. Signing in asks for codes only once `POST /v1/auth/totp/confirm` has taken a first one.',
    access: 'in-person',
    response: { item: TotpSecretDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    rateClass: 'sign_in',
  })
  async createSecret(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateTotpSecretDto,
    @Req() request: FastifyRequest,
  ): Promise<ItemResponse<TotpSecretDto>> {
    return toResponse(await this.secondFactor.createSecret(principal, body.password, request.ip));
  }

  @Post('confirm')
  @Operation({
    summary: 'Switch the second factor on',
    description:
      'From now on signing in with your password takes `totp_code` or `recovery_code` too, in every workspace.',
    access: 'in-person',
    response: { item: RecoveryCodesDto },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    rateClass: 'sign_in',
  })
  async confirm(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ConfirmTotpDto,
    @Req() request: FastifyRequest,
  ): Promise<ItemResponse<RecoveryCodesDto>> {
    return toResponse({ recovery_codes: await this.secondFactor.confirm(principal, body.totp_code, request.ip) });
  }

  @Post('recovery-codes')
  @Operation({
    summary: 'Make new recovery codes',
    description:
      'Ten new ones in the place of all that were left. Takes your password, and a code of the app or one of the recovery codes: send one of the two.',
    access: 'in-person',
    response: { item: RecoveryCodesDto },
    errors: ['UNPROCESSABLE'],
    rateClass: 'sign_in',
  })
  @ApiExtraModels(RenewRecoveryCodesDto)
  @ApiBody({
    schema: {
      $ref: getSchemaPath(RenewRecoveryCodesDto),
      example: { password: 'correct horse battery', recovery_code: 'k7mq-2xwd-9hfa-r3tn' },
    } as object,
  })
  async renewRecoveryCodes(
    @CurrentPrincipal() principal: Principal,
    @Body() body: RenewRecoveryCodesDto,
    @Req() request: FastifyRequest,
  ): Promise<ItemResponse<RecoveryCodesDto>> {
    const proof = { totpCode: body.totp_code, recoveryCode: body.recovery_code };
    return toResponse({
      recovery_codes: await this.secondFactor.renewRecoveryCodes(principal, body.password, proof, request.ip),
    });
  }

  @Delete()
  @Operation({
    summary: 'Switch the second factor off',
    description: 'Takes a code of the app or a recovery code.',
    access: 'in-person',
    response: { empty: true },
    errors: ['UNPROCESSABLE'],
    rateClass: 'sign_in',
  })
  async disable(
    @CurrentPrincipal() principal: Principal,
    @Body() body: SecondFactorProofDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.secondFactor.disable(
      principal,
      { totpCode: body.totp_code, recoveryCode: body.recovery_code },
      request.ip,
    );
  }
}
