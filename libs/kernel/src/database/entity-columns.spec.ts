import { Column, Entity, PrimaryColumn } from 'typeorm';
import { columnsOf } from './entity-columns.js';

@Entity({ schema: 'workflow', name: 'labels' })
class LabelEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'text', name: 'display_name' })
  displayName: string;

  isNew?: boolean;
}

describe('columnsOf', () => {
  it('should name columns like properties', () => {
    expect(columnsOf(LabelEntity, 'l', ['id', 'displayName'])).toBe('l.id, l.display_name as "displayName"');
  });

  it('should throw when a property is not a column', () => {
    expect(() => columnsOf(LabelEntity, 'l', ['isNew'])).toThrow('LabelEntity has no column isNew');
  });
});
