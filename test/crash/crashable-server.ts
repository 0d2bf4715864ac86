import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@parley/kernel/testing';

const MAIN = path.join(fileURLToPath(new URL('../..', import.meta.url)), 'dist/apps/api/main.js');
const READY_WITHIN_MS = 60_000;

/** An API server that can be killed and restarted at the same address. */
export class CrashableServer {
  private child: ChildProcess | null = null;
  private output: string[] = [];

  constructor(
    readonly url: string,
    private readonly env: Record<string, string>,
  ) {}

  static async create(env: Record<string, string>): Promise<CrashableServer> {
    const port = await freePort();
    return new CrashableServer(`http://127.0.0.1:${port}`, { ...env, PORT: String(port) });
  }

  /** Starts the server and waits until it is ready. */
  async start(): Promise<void> {
    this.output = [];
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env.PATH, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => this.output.push(String(text)));
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${this.output.join('')}`);
      if (
        await fetch(`${this.url}/readyz`).then(
          (response) => response.ok,
          () => false,
        )
      )
        return;
      await sleep(50);
    }
    throw new Error(`The server did not become ready:\n${this.output.join('')}`);
  }

  /** True if the process has not ended since it was started. */
  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Kills the server and waits until it has ended. */
  kill(): Promise<void> {
    return this.terminate('SIGKILL');
  }

  /** Stops the server gracefully. */
  stop(): Promise<void> {
    return this.terminate('SIGTERM');
  }

  private async terminate(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await exited;
  }
}
