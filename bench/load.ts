import autocannon from 'autocannon';
import { cpuSeconds, type ServerProcess } from './processes.js';

/** A kind of request to measure. */
export interface Scenario {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly paths: readonly string[];
  readonly body?: string;
}

/** Results of a load test. */
export interface Figures {
  readonly requestsPerSecond: number;
  /** In milliseconds. */
  readonly p99: number;
  /** CPU time of the server in microseconds. */
  readonly cpuPerRequest: number;
  /** The same in the round with the lowest, which other load of the machine has disturbed least. */
  readonly minCpuPerRequest: number;
}

export const CONNECTIONS = 16;
/** Time until the code of a request is fully optimised, in both servers. */
const WARM_UP_SECONDS = 5;

async function runLoad(
  server: ServerProcess,
  scenario: Scenario,
  key: string,
  seconds: number,
): Promise<autocannon.Result> {
  const headers = { authorization: `Bearer ${key}`, ...(scenario.body && { 'content-type': 'application/json' }) };
  const result = await autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    headers,
    requests: scenario.paths.map((path) => ({
      method: scenario.method,
      path,
      ...(scenario.body && { body: scenario.body }),
    })),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${server.name}, ${scenario.name}: ${result.non2xx} error responses and ${result.errors} connection errors`,
    );
  return result;
}

/**
 * Loads the servers alternately, so that other work of the machine affects both equally. Returns the median of the
 * rounds.
 */
export async function measure(
  servers: readonly ServerProcess[],
  scenario: Scenario,
  key: string,
  rounds: number,
  seconds: number,
): Promise<Figures[]> {
  const samples: Figures[][] = servers.map(() => []);
  for (const server of servers) await runLoad(server, scenario, key, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [...servers.keys()] : [...servers.keys()].reverse();
    for (const index of order) {
      const server = servers[index]!;
      const before = cpuSeconds(server.pid);
      const result = await runLoad(server, scenario, key, seconds);
      const cpuPerRequest = ((cpuSeconds(server.pid) - before) * 1e6) / result.requests.total;
      samples[index]!.push({
        requestsPerSecond: result.requests.total / result.duration,
        p99: result.latency.p99,
        cpuPerRequest,
        minCpuPerRequest: cpuPerRequest,
      });
    }
  }
  return samples.map((figures) => ({
    requestsPerSecond: median(figures.map((figure) => figure.requestsPerSecond)),
    p99: median(figures.map((figure) => figure.p99)),
    cpuPerRequest: median(figures.map((figure) => figure.cpuPerRequest)),
    minCpuPerRequest: Math.min(...figures.map((figure) => figure.cpuPerRequest)),
  }));
}

/** The middle one of the values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
