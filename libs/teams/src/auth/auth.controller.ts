import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { REGISTER, SIGN_IN } from '../teams.rate-classes.js';
import { AuthService } from './auth.service.js';
import { toDevice } from './request-device.js';
import { LoginDto, RefreshDto, RegisterDto, SignInDto, toSignInDto } from './dto/auth.dto.js';
import { LoginService } from './login.service.js';
import { TokenRefreshService } from './token-refresh.service.js';

/** Registration, sign-in and sign-out. */
@ApiTags('Sign-in')
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly logins: LoginService,
    private readonly refresher: TokenRefreshService,
  ) {}

  @Post('register')
  @Operation({
    summary: 'Register a workspace',
    description:
      'Creates a workspace with you as its owner and signs you in. Fails with 403 unless the server allows sign-up ' +
      '(`PARLEY_SIGNUP=open`), and with 409 if an account holds the e-mail. Invitations, and accounts that belong to ' +
      'another workspace, do not count.',
    access: 'public',
    hasSecrets: true,
    response: { item: SignInDto, status: 201 },
    errors: ['FORBIDDEN', 'CONFLICT'],
    rateClass: REGISTER,
  })
  async register(@Body() body: RegisterDto, @Req() request: FastifyRequest): Promise<ItemResponse<SignInDto>> {
    const { workspace_name: workspaceName, name, email, password } = body;
    return toResponse(
      toSignInDto(await this.auth.register({ workspaceName, name, email, password }, toDevice(request))),
    );
  }

  @Post('login')
  @Operation({
    summary: 'Create a session',
    description:
      'Signs in with an e-mail and a password. If several accounts have the e-mail, without `workspace_id` the first ' +
      'one with this password is used, of up to five. After five failed attempts for an account, further attempts fail ' +
      'with 429 and `Retry-After`: for 15 seconds at first, then for up to 15 minutes. This also applies to ' +
      'accounts that do not exist. An address from which the user signed in with their password within the last 90 ' +
      'days has attempts of its own, so that failures from elsewhere do not lock them out.\n\nIf the user has a second factor and the request has none, the response is ' +
      '401 with `details.second_factor_required`. Repeat the request with `totp_code` or `recovery_code`.',
    access: 'public',
    hasSecrets: true,
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN'],
    rateClass: SIGN_IN,
  })
  async login(@Body() body: LoginDto, @Req() request: FastifyRequest): Promise<ItemResponse<SignInDto>> {
    const {
      email,
      password,
      workspace_id: workspaceId = null,
      totp_code: totpCode,
      recovery_code: recoveryCode,
    } = body;
    return toResponse(
      toSignInDto(
        await this.logins.login(
          { email, password, workspaceId, secondFactor: { totpCode, recoveryCode } },
          toDevice(request),
        ),
      ),
    );
  }

  @Post('refresh')
  @Operation({
    summary: 'Refresh the tokens',
    description:
      'Returns new tokens. Each refresh token works once. For 10 seconds, repeating the request returns the same new ' +
      'refresh token, so that concurrent requests of a client do not sign it out. After that, and for every older ' +
      'refresh token of the session, the request fails with 401 and ends the session.',
    access: 'public',
    hasSecrets: true,
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED'],
    rateClass: REGISTER,
  })
  async refresh(@Body() body: RefreshDto, @Req() request: FastifyRequest): Promise<ItemResponse<SignInDto>> {
    return toResponse(toSignInDto(await this.refresher.refresh(body.refresh_token, request.ip)));
  }

  @Post('logout')
  @Operation({
    summary: 'Revoke the current session',
    description:
      'Signs out. The access token and the refresh token of the session stop working. Fails with 422 for an API ' +
      'key.',
    access: 'signed-in',
    response: { empty: true },
    errors: ['UNPROCESSABLE'],
  })
  async logout(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.auth.logout(principal);
  }
}
