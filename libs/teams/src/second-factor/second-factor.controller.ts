import { Body, Controller, Delete, Post, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { SIGN_IN } from '../teams.rate-classes.js';
import {
  CreateTotpSecretDto,
  ConfirmTotpDto,
  RecoveryCodesDto,
  RenewRecoveryCodesDto,
  SecondFactorProofDto,
  TotpSecretDto,
} from './dto/second-factor.dto.js';
import { SecondFactorService } from './second-factor.service.js';

/** Second factor of the caller: codes of an authenticator app. */
@ApiTags('Two-factor authentication')
@Controller('v1/auth/totp')
export class SecondFactorController {
  constructor(private readonly secondFactor: SecondFactorService) {}

  @Post()
  @Operation({
    summary: 'Start TOTP enrollment',
    description:
      'Creates a secret for the authenticator app. The second factor is enabled when a first code is confirmed ' +
      'with `POST /v1/auth/totp/confirm`. Fails with 409 if it is already enabled.',
    access: 'in-person',
    hasSecrets: true,
    response: { item: TotpSecretDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    rateClass: SIGN_IN,
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
    summary: 'Complete TOTP enrollment',
    description:
      'Enables the second factor and returns recovery codes. Sign-in with a password then requires `totp_code` ' +
      'or `recovery_code`, in all workspaces. Fails with 409 if it is already enabled.',
    access: 'in-person',
    hasSecrets: true,
    response: { item: RecoveryCodesDto },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
    rateClass: SIGN_IN,
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
    summary: 'Regenerate recovery codes',
    description:
      'Returns ten new codes; all previous codes stop working. Requires the password and either `totp_code` or ' +
      '`recovery_code`.',
    access: 'in-person',
    hasSecrets: true,
    response: { item: RecoveryCodesDto },
    errors: ['UNPROCESSABLE'],
    rateClass: SIGN_IN,
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
    summary: 'Disable the second factor',
    description: 'Requires either `totp_code` or `recovery_code`.',
    access: 'in-person',
    response: { empty: true },
    errors: ['UNPROCESSABLE'],
    rateClass: SIGN_IN,
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
