import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  RequestMethod,
  UseInterceptors,
  type NestInterceptor,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiConsumes, ApiHeader } from '@nestjs/swagger';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  argumentsOf,
  consumedTypesOf,
  documentedParametersOf,
  prependInterceptor,
  requestMethodOf,
} from './nest-internals.js';

const trail: string[] = [];

class OwnInterceptor implements NestInterceptor {
  intercept: NestInterceptor['intercept'] = (_context, next) => {
    trail.push('own');
    return next.handle();
  };
}

class AddedInterceptor implements NestInterceptor {
  constructor(private readonly label: string) {}

  intercept: NestInterceptor['intercept'] = (_context, next) => {
    trail.push(this.label);
    return next.handle();
  };
}

@Controller('probe')
class ProbeController {
  @Get()
  list(@Query() _query: object): object {
    return {};
  }

  @Post(':id')
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiHeader({ name: 'If-Match' })
  @UseInterceptors(OwnInterceptor)
  create(@Param('id') _id: string, @Body() _body: object): object {
    return {};
  }

  @Get('both')
  both(@Query() _query: object, @Body() _body: object): object {
    return {};
  }

  helper(): void {}
}

const { prototype } = ProbeController;

describe('metadata of Nest', () => {
  it('should contain the query and body arguments of a method', () => {
    expect(argumentsOf(prototype, 'list')).toEqual({ query: true, body: false });
    expect(argumentsOf(prototype, 'create')).toEqual({ query: false, body: true });
    expect(argumentsOf(prototype, 'both')).toEqual({ query: true, body: true });
    expect(argumentsOf(prototype, 'helper')).toEqual({ query: false, body: false });
  });

  it('should contain the HTTP method of a route', () => {
    expect(requestMethodOf(prototype.list)).toBe(RequestMethod.GET);
    expect(requestMethodOf(prototype.create)).toBe(RequestMethod.POST);
    expect(requestMethodOf(prototype.helper)).toBeUndefined();
  });

  it('should contain the media types and headers of the documentation', () => {
    expect(consumedTypesOf(prototype.create)).toEqual(['application/json', 'multipart/form-data']);
    expect(documentedParametersOf(prototype.create)).toContain('If-Match');
    expect([consumedTypesOf(prototype.list), documentedParametersOf(prototype.list)]).toEqual([[], []]);
  });

  it('should make Nest run an added interceptor once and before the others', async () => {
    prependInterceptor(prototype.create, new AddedInterceptor('replaced'));
    prependInterceptor(prototype.create, new AddedInterceptor('added'));
    class ProbeModule {}
    const app = await NestFactory.create<NestFastifyApplication>(
      { module: ProbeModule, controllers: [ProbeController] },
      new FastifyAdapter(),
      { logger: false },
    );
    try {
      await app.init();
      await app.inject({ method: 'POST', url: '/probe/1', payload: {} });
    } finally {
      await app.close();
    }
    expect(trail).toEqual(['added', 'own']);
  });
});
