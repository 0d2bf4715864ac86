import { toOpenApi30 } from './openapi-3-0.js';

describe('toOpenApi30', () => {
  it.each([
    [
      { type: ['string', 'null'], maxLength: 5 },
      { type: 'string', maxLength: 5, nullable: true },
    ],
    [{ type: ['string', 'number', 'null'] }, { oneOf: [{ type: 'string' }, { type: 'number' }], nullable: true }],
    [
      { description: 'Team.', anyOf: [{ $ref: '#/a' }, { type: 'null' }] },
      { description: 'Team.', allOf: [{ $ref: '#/a' }], nullable: true },
    ],
    [
      { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }], nullable: true },
    ],
    [
      { properties: { example: { type: ['string', 'null'] }, const: { type: 'string' } } },
      { properties: { example: { type: 'string', nullable: true }, const: { type: 'string' } } },
    ],
    [{ const: 'all' }, { enum: ['all'] }],
    [{ items: { type: ['integer', 'null'] } }, { items: { type: 'integer', nullable: true } }],
    [
      { type: 'object', example: { type: ['string', 'null'], const: 1 } },
      { type: 'object', example: { type: ['string', 'null'], const: 1 } },
    ],
  ])('should convert %j', (schema, expected) => {
    const document = toOpenApi30({ openapi: '3.1.0', components: { schemas: { A: schema } } });
    expect(document).toEqual({ openapi: '3.0.3', components: { schemas: { A: expected } } });
  });

  it('should leave out webhooks', () => {
    expect(toOpenApi30({ openapi: '3.1.0', webhooks: { a: {} } })).toEqual({ openapi: '3.0.3' });
  });
});
