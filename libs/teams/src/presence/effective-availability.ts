/**
 * SQL expression of a membership's effective availability: `offline` while the member is inactive, or is not present
 * and has `auto_offline`; otherwise the availability that is set.
 */
export function effectiveAvailability(alias: string): string {
  return (
    `case when ${alias}.status <> 'active' or (${alias}.auto_offline and not ${alias}.present) then 'offline' ` +
    `else ${alias}.availability end`
  );
}
