// The built binary over a data directory of its own, as somebody starts it who has just cloned the project.

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BINARY = process.env.FIVEFOLD_TEST_BINARY
  ?? join(process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url)), 'debug', 'fivefold');

/** Every route there is: method, path, kind. */
export const routes = () => JSON.parse(execFileSync(BINARY, ['routes'], { encoding: 'utf8' }));

export class Server {
  static start(...args) { return Server.startWith({}, ...args); }

  /** With settings of its own, as one more server over another one's database. */
  static async startWith(settings, ...args) {
    const folder = mkdtempSync(join(tmpdir(), 'fivefold-browser-'));
    // Started by root, its PostgreSQL is another user's, who must pass.
    chmodSync(folder, 0o755);
    const server = new Server(folder, args, settings);
    await server.begin();
    return server;
  }

  constructor(folder, args, settings = {}) {
    this.folder = folder;
    this.args = args;
    this.settings = settings;
    this.listen = '127.0.0.1:0';
  }

  /** Starts the process and waits for the one line that it prints when it is ready. */
  async begin() {
    const env = { ...process.env, FIVEFOLD_LOG: 'warn' };
    for (const name of ['DATABASE_URL', 'FIVEFOLD_BASE_URL', 'FIVEFOLD_DATA_DIR', 'FIVEFOLD_LISTEN']) delete env[name];
    Object.assign(env, this.settings);
    this.process = spawn(BINARY, ['serve', '--listen', this.listen, '--data-dir', join(this.folder, 'data'), ...this.args], { env });
    this.errors = '';
    this.process.stderr.on('data', (text) => { this.errors += text; });
    this.url = await new Promise((resolve, reject) => {
      let out = '';
      this.process.stdout.on('data', (text) => {
        out += text;
        const ready = out.match(/Fivefold is ready at (\S+)\n/);
        if (ready) resolve(ready[1]);
      });
      this.process.on('error', reject);
      this.process.on('exit', (code) => reject(new Error(`fivefold ended with ${code}:\n${this.errors}`)));
    });
    // The next start takes the same port, as a real server's does.
    this.listen = `127.0.0.1:${new URL(this.url).port}`;
  }

  /** Where the first account is made; printed before the server is ready. */
  get setUpUrl() {
    return this.errors.match(/\S+\/set-up\/\S+/)?.[0];
  }

  get dead() {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  async end(signal = 'SIGTERM') {
    if (this.dead) return this.process.exitCode;
    const ended = new Promise((resolve) => this.process.on('exit', resolve));
    this.process.kill(signal);
    return ended;
  }

  async restart() {
    await this.end();
    await this.begin();
  }

  async stop() {
    // One that was killed has left its PostgreSQL behind: the next one takes it up, and ends it.
    if (this.process.signalCode === 'SIGKILL') await this.begin();
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
