import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@parley/kernel';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toDevice } from '../auth/request-device.js';
import { SignInDto, toSignInDto } from '../auth/dto/auth.dto.js';
import { buildBrowserCookie, parseBrowserToken, generateBrowserToken } from './browser-cookie.js';
import { StartOidcSignInQueryDto } from './dto/oidc-sign-in.dto.js';
import { OidcSignInService, SIGN_IN_TIMEOUT_SECONDS } from './oidc-sign-in.service.js';
import { OidcUrlBuilder } from './oidc-url-builder.service.js';
import { buildReturnUrl } from './return-fragment.js';

const PROVIDER_ID_PARAM = ['provider_id', 'Id of the OIDC provider.'] as const;

/** Signing in through a provider of the workspace. */
@ApiTags('Teams')
@Controller('v1/auth/oidc/:provider_id')
export class OidcSignInController {
  constructor(
    private readonly signIns: OidcSignInService,
    private readonly urls: OidcUrlBuilder,
  ) {}

  @Get('start')
  @Operation({
    summary: 'Begin to sign in through a provider',
    description: 'For a browser to open: leads to the provider, which leads back to the callback within ten minutes.',
    access: 'public',
    response: { redirect: 'To the provider.' },
    errors: ['NOT_FOUND', 'UNAVAILABLE'],
    rateClass: 'sign_in',
  })
  async start(
    @IdParam(...PROVIDER_ID_PARAM) id: string,
    @Query() query: StartOidcSignInQueryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const returnTo = query.return_to === undefined ? null : this.urls.resolveReturnUrl(query.return_to);
    const browserToken = parseBrowserToken(request.headers.cookie) ?? generateBrowserToken();
    const url = await this.signIns.start(id, browserToken, returnTo);
    void reply
      .header('location', url)
      .header('cache-control', 'no-store')
      .header('set-cookie', buildBrowserCookie(browserToken, SIGN_IN_TIMEOUT_SECONDS, this.urls.isSecure));
  }

  @Get('callback')
  @Operation({
    summary: 'End signing in through a provider',
    access: 'public',
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
    rateClass: 'sign_in',
    description:
      "Where the provider sends the browser back to. The user is known by the provider's subject, else by a verified e-mail, else made where the provider may. Parley's own second factor is not asked for: the provider has its own.",
  })
  @ApiResponse({
    status: 302,
    description:
      'To `return_to`, where one was given: with `access_token`, `refresh_token`, `expires_in_seconds`, `workspace_id` and `user_id` behind the `#`, or with `error` and `error_description`.',
  })
  @ApiQuery({
    name: 'state',
    description: 'What the sign-in was begun with.',
    schema: { type: 'string', maxLength: 500 },
    example: 'wq8hUZ7dYv0kq2mVgNnS',
  })
  @ApiQuery({
    name: 'code',
    required: false,
    description: 'What the provider confirms with, where it does.',
    schema: { type: 'string', maxLength: 4000 },
  })
  @ApiQuery({
    name: 'error',
    required: false,
    description: 'Why it does not.',
    schema: { type: 'string', maxLength: 500 },
  })
  async callback(
    @IdParam(...PROVIDER_ID_PARAM) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<SignInDto> | undefined> {
    const [, query = ''] = request.url.split('?');
    void reply.header('cache-control', 'no-store');
    const { returnTo, result } = await this.signIns.complete({
      providerId: id,
      query,
      browserToken: parseBrowserToken(request.headers.cookie),
      device: toDevice(request),
    });
    if (returnTo !== null) {
      void reply.status(302).header('location', buildReturnUrl(returnTo, result));
      return undefined;
    }
    if (result instanceof DomainError) throw result;
    return toResponse(toSignInDto(result));
  }
}
