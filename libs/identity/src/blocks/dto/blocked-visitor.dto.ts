import { ActorDto } from '@parley/kernel/events';
import {
  EmailField,
  UuidField,
  parseIds,
  NestedField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { CreatedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import type { BlocksFilter, BlockVisitorInput, BlockView } from '../block.view.js';

/** The contact that is kept from writing in. */
export class BlockedContactDto {
  @UuidField({ description: 'Id of the contact.' })
  id: string;

  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** Somebody who is kept from writing in. */
export class BlockedVisitorDto {
  @UuidField({ description: 'Id of the block; what unblocking takes.' })
  id: string;

  @NestedField(() => BlockedContactDto, { description: 'The contact, when it is one that is blocked.', nullable: true })
  contact: BlockedContactDto | null;

  @EmailField({ description: 'The e-mail that is blocked, in lower case.', nullable: true, example: null })
  email: string | null;

  @StringField({
    description: 'The telephone number that is blocked, in the form E.164.',
    nullable: true,
    example: null,
  })
  phone: string | null;

  @StringField({ description: 'The network that is blocked, in CIDR notation.', nullable: true, example: null })
  ip_address: string | null;

  @StringField({ description: 'Why.', nullable: true, max: 1000, example: 'Spam' })
  reason: string | null;

  @NestedField(() => ActorDto, { description: 'Who blocked them.' })
  created_by: ActorDto;

  @DateField({ description: 'When the block ends by itself; null is never.', nullable: true, example: null })
  expires_at: string | null;

  @DateField({ description: 'When they were blocked.' })
  created_at: string;
}

/** Whom to keep from writing in: exactly one of `contact_id`, `email`, `phone` and `ip_address`. */
export class BlockVisitorDto {
  @UuidField({ description: 'The contact to block.', optional: true })
  contact_id?: string;

  @EmailField({
    description: 'The e-mail to block, whoever has it now or later.',
    optional: true,
    nullable: true,
    example: 'spammer@example.com',
  })
  email?: string | null;

  @StringField({
    description: 'The telephone number to block, whoever has it now or later.',
    optional: true,
    nullable: true,
    max: 40,
    example: null,
  })
  phone?: string | null;

  @StringField({
    description: 'The IP address to block, or a network such as `203.0.113.0/24`.',
    optional: true,
    nullable: true,
    max: 50,
    example: null,
  })
  ip_address?: string | null;

  @StringField({ description: 'Why.', optional: true, nullable: true, max: 1000, example: 'Spam' })
  reason?: string | null;

  @DateField({
    description: 'When the block is to end by itself. Default never.',
    optional: true,
    nullable: true,
    example: null,
  })
  expires_at?: string | null;
}

/** Which blocks to list. */
export class BlockedVisitorListQueryDto extends CreatedPageQueryDto {
  @ListQueryField({
    description: 'Only blocks of these contacts themselves.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  contact_id?: string[];

  @StringField({
    description: 'Only the block of this e-mail.',
    optional: true,
    min: 1,
    max: 254,
    example: 'spammer@example.com',
  })
  email?: string;

  @StringField({
    description: 'Only the block of this telephone number.',
    optional: true,
    min: 1,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;

  @StringField({
    description: 'Only blocks of networks that this IP address, or network, lies in.',
    optional: true,
    min: 1,
    max: 50,
    example: '203.0.113.7',
  })
  ip_address?: string;

  @StringField({
    description: 'Only with this in what is blocked, the name of the contact, or the reason.',
    optional: true,
    min: 1,
    max: 200,
    example: 'spam',
  })
  q?: string;
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no id. */
export function toBlocksFilter(query: BlockedVisitorListQueryDto): BlocksFilter {
  return {
    contactIds: parseIds('contact_id', query.contact_id),
    email: query.email,
    phone: query.phone,
    network: query.ip_address,
    q: query.q,
    ...toTimeRange(query),
  };
}

/** Whom the request is about. */
export function toBlockVisitorInput(dto: BlockVisitorDto): BlockVisitorInput {
  return {
    ...(dto.contact_id !== undefined && { contactId: dto.contact_id.toLowerCase() }),
    ...(dto.email != null && { email: dto.email }),
    ...(dto.phone != null && { phone: dto.phone }),
    ...(dto.ip_address != null && { address: dto.ip_address }),
  };
}

/** Puts a block on the wire. */
export function toBlockedVisitorDto(view: BlockView): BlockedVisitorDto {
  return {
    id: view.id,
    contact: view.contactId === null ? null : { id: view.contactId, name: view.contactName },
    email: view.email,
    phone: view.phone,
    ip_address: view.network,
    reason: view.reason,
    created_by: view.createdBy,
    expires_at: view.expiresAt,
    created_at: view.createdAt,
  };
}
