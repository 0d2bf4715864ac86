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

export class BlockedContactDto {
  @UuidField({ description: 'Contact ID.' })
  id: string;

  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A block. The target is exactly one of contact, e-mail, phone number and network. */
export class BlockedVisitorDto {
  @UuidField({ description: 'Block ID.' })
  id: string;

  @NestedField(() => BlockedContactDto, {
    description: 'Blocked contact. Null if the block targets an e-mail, phone number or network.',
    nullable: true,
  })
  contact: BlockedContactDto | null;

  @EmailField({ description: 'Blocked e-mail in lower case.', nullable: true, example: null })
  email: string | null;

  @StringField({
    description: 'Blocked phone number in E.164 format.',
    nullable: true,
    example: null,
  })
  phone: string | null;

  @StringField({ description: 'Blocked network in CIDR notation.', nullable: true, example: null })
  ip_address: string | null;

  @StringField({ description: 'Reason for the block.', nullable: true, max: 1000, example: 'Spam' })
  reason: string | null;

  @NestedField(() => ActorDto, { description: 'Actor who created the block.' })
  created_by: ActorDto;

  @DateField({ description: 'Time when the block ends. Null if it does not expire.', nullable: true, example: null })
  expires_at: string | null;

  @DateField({ description: 'Creation time.' })
  created_at: string;
}

/** A block to create. Requires exactly one of `contact_id`, `email`, `phone` and `ip_address`. */
export class BlockVisitorDto {
  @UuidField({
    description: 'Contact to block. Exactly one of `contact_id`, `email`, `phone` and `ip_address` is required.',
    optional: true,
  })
  contact_id?: string;

  @EmailField({
    description: 'E-mail to block. Also applies to contacts that get this e-mail later.',
    optional: true,
    nullable: true,
    example: 'spammer@example.com',
  })
  email?: string | null;

  @StringField({
    description: 'Phone number to block. Also applies to contacts that get this phone number later.',
    optional: true,
    nullable: true,
    max: 40,
    example: null,
  })
  phone?: string | null;

  @StringField({
    description: 'IP address or network to block, for example `203.0.113.0/24`.',
    optional: true,
    nullable: true,
    max: 50,
    example: null,
  })
  ip_address?: string | null;

  @StringField({ description: 'Reason for the block.', optional: true, nullable: true, max: 1000, example: 'Spam' })
  reason?: string | null;

  @DateField({
    description: 'Time when the block ends. Must be in the future. Default: never.',
    optional: true,
    nullable: true,
    example: null,
  })
  expires_at?: string | null;
}

export class BlockedVisitorListQueryDto extends CreatedPageQueryDto {
  @ListQueryField({
    description: 'Only blocks that target one of these contacts.',
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
    description: 'Only the block of this phone number.',
    optional: true,
    min: 1,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;

  @StringField({
    description: 'Only blocks of networks that contain this IP address or network.',
    optional: true,
    min: 1,
    max: 50,
    example: '203.0.113.7',
  })
  ip_address?: string;

  @StringField({
    description: "Only blocks with this text in their target, the contact's name or the reason.",
    optional: true,
    min: 1,
    max: 200,
    example: 'spam',
  })
  q?: string;
}

/** @throws DomainError BAD_REQUEST for an invalid ID. */
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

export function toBlockVisitorInput(dto: BlockVisitorDto): BlockVisitorInput {
  return {
    ...(dto.contact_id !== undefined && { contactId: dto.contact_id.toLowerCase() }),
    ...(dto.email != null && { email: dto.email }),
    ...(dto.phone != null && { phone: dto.phone }),
    ...(dto.ip_address != null && { address: dto.ip_address }),
  };
}

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
