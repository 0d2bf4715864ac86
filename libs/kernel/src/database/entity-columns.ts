import { getMetadataArgsStorage } from 'typeorm';

/**
 * Select list of an entity: the columns of the given properties, each under the name of its property. Rows have the type
 * `Pick<Entity, Property>`, because transformers give entities the values that rows have.
 * @param alias alias of the table in the statement.
 * @throws Error if a property is not a column.
 */
export function columnsOf<Entity extends object>(
  entity: new () => Entity,
  alias: string,
  properties: readonly (keyof Entity & string)[],
): string {
  const columns = getMetadataArgsStorage().filterColumns(entity);
  return properties
    .map((property) => {
      const column = columns.find(({ propertyName }) => propertyName === property);
      if (!column) throw new Error(`${entity.name} has no column ${property}`);
      const name = column.options.name ?? property;
      return name === property ? `${alias}.${name}` : `${alias}.${name} as "${property}"`;
    })
    .join(', ');
}
