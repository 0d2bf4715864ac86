/**
 * Milliseconds of CPU that `work` takes in this process. Unlike elapsed time, it does not depend on other processes, so
 * tests can bound it.
 */
export function cpuTimeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
