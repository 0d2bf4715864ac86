/** SQL of the availability that a membership shows: what was set, but offline while its member is not there, or cannot be. */
export function effectiveAvailability(alias: string): string {
  return `case when ${alias}.status <> 'active' or (${alias}.auto_offline and not ${alias}.present) then 'offline' else ${alias}.availability end`;
}
