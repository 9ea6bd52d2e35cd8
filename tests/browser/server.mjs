// Starts the real server on a port of its own with an empty folder, and stops it.
// The binary: EVENKEEL_BINARY, or else the release build.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.EVENKEEL_BINARY ?? join(top, 'build/release/evenkeel');

// What the server runs under: tests/browser/loopback watches its connections.
const under = process.env.EVENKEEL_UNDER?.split(' ') ?? [];

// Where each server writes down what memory it held when it was stopped (bench/README.md).
const memoryFile = process.env.EVENKEEL_MEMORY;

/** MiB of a process: resident now (VmRSS), or at most since its start (VmHWM). */
function memory({ pid }, name) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
}

function writeMemory(child) {
  if (memoryFile === undefined) return;
  const [now, most] = ['VmRSS', 'VmHWM'].map((name) => memory(child, name).toFixed(1));
  appendFileSync(memoryFile, `${process.argv[1]}: ${now} MiB resident, ${most} at most\n`);
}

export async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function ready(base, child) {
  for (let tries = 0; tries < 2400; ++tries) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`${base}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the server was not ready within two minutes');
}

/** A running server: { base, folder, signIn(), mostMemory(), restart(), stop() }. 'demo' or
 * 'solo'. */
export async function startServer(form = 'demo') {
  if (!existsSync(binary)) throw new Error(`${binary} does not exist: ./run --build-only`);
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-browser-'));
  let port, base;
  let said = '';
  let child;

  const start = async () => {
    const [program, ...words] = [
      ...under, binary, 'serve', `--${form}`, '--data', folder, '--listen', `127.0.0.1:${port}`,
    ];
    child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (part) => (said += part));
    child.stderr.on('data', (part) => (said += part));
    await ready(base, child);
  };
  const end = async (signal) => {
    if (child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  };

  // Between the look for a free port and its use, something else may have taken it.
  for (let tries = 1; ; ++tries) {
    port = await freePort();
    base = `http://127.0.0.1:${port}`;
    try {
      await start();
      break;
    } catch (fault) {
      child?.kill('SIGKILL');
      if (tries < 3 && /address already in use/i.test(said)) continue;
      await rm(folder, { recursive: true, force: true });
      throw new Error(`${fault.message}\n${said}`);
    }
  }
  return {
    base,
    folder,
    /** The sign-in that the server prints for the first of this role. */
    signIn(whose) {
      const line = said.split('\n').find((each) => each.includes(whose));
      const found = /(\S+@\S+)\s+(\S+)/.exec(line ?? '');
      if (!found) throw new Error(`the server names no sign-in for ${whose}:\n${said}`);
      return { email: found[1], password: found[2] };
    },
    /** MiB that it held at most since its start. */
    mostMemory: () => memory(child, 'VmHWM'),
    async restart() {
      await end('SIGKILL');
      await start();
    },
    async stop() {
      writeMemory(child);
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
