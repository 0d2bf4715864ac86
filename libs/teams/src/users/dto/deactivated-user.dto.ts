import { IntegerField, NestedListField } from '@parley/kernel/http';
import { ReferenceDto, toReferencesDto, type ReferenceList } from '@parley/kernel/references';
import type { UserView } from '../user.view.js';
import { toUserDto, UserDto } from './user.dto.js';

/** Deactivated user with the objects that refer to them. */
export class DeactivatedUserDto extends UserDto {
  @NestedListField(() => ReferenceDto, {
    description: 'The first 100 objects that refer to the user, sorted by type.',
    maxItems: 100,
  })
  references: ReferenceDto[];

  @IntegerField({ description: 'Number of objects that refer to the user.', example: 1 })
  references_total: number;
}

export function toDeactivatedUserDto(user: UserView, references: ReferenceList): DeactivatedUserDto {
  const { data, total } = toReferencesDto(references);
  return { ...toUserDto(user), references: data, references_total: total };
}
