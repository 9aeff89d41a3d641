/** Drives the real adapter and a real Python as an editor does. Marks in the program, `#@ name`, are its places. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Editor, type Body } from '../../examples/editor';
import { dedent, EXECORDER } from '../support/execorder';
import { newestPython, type TestPython } from '../support/pythons';
import { faultsOf } from './schema';

export interface Breakpoint {
  /** The mark whose line it is on. */
  readonly at: string;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

export interface Options {
  /** Marks, or more about them. */
  readonly breakpoints?: readonly (string | Breakpoint)[];
  readonly exceptions?: readonly string[];
  readonly python?: TestPython;
  /** More attributes of the launch configuration. */
  readonly launch?: Body;
  /** More of what the client says about itself. */
  readonly client?: Body;
}

const open = new Set<Session>();
/** All that a test has begun, also what it has ended itself. */
const begun: Session[] = [];

/** Ends what a test left running, and holds all that was said against the protocol's schema. */
afterEach(async () => {
  for (const session of [...open]) {
    await session.end();
  }
  expect(begun.splice(0).flatMap(({ editor }) => faultsOf(editor.received))).toEqual([]);
});

/** Starts a program under the debugger; answers before it stops anywhere. */
export async function debug(source: string, options: Options = {}): Promise<Session> {
  const session = new Session(dedent(source), options);
  await session.initialize(options.client);
  await session.begin('launch', { program: session.file, ...options.launch }, options);
  return session;
}

/** Starts the adapter only; the source is there for marks. */
export async function connect(source = '', options: Options = {}): Promise<Session> {
  const session = new Session(dedent(source), options);
  await session.initialize(options.client);
  return session;
}

export class Session {
  readonly folder = mkdtempSync(join(tmpdir(), 'execorder-scenario-'));
  readonly file = join(this.folder, 'prog.py');
  readonly editor: Editor;
  private readonly lines: readonly string[];
  /** The last stop's event. */
  lastStop: Body = {};
  private thread = 1;

  constructor(source: string, options: Options) {
    writeFileSync(this.file, source);
    this.lines = source.split('\n');
    const python = options.python ?? newestPython();
    const env = { ...process.env, EXECORDER_PYTHON: python.command };
    this.editor = new Editor([process.execPath, EXECORDER, 'dap'], env);
    open.add(this);
    begun.push(this);
  }

  async initialize(client: Body = {}): Promise<Body> {
    return this.editor.request('initialize', { adapterID: 'execorder', ...client });
  }

  /** Launches or attaches, sets breakpoints, and lets it run. */
  async begin(request: 'launch' | 'attach', args: Body, options: Options = {}): Promise<void> {
    await this.editor.request(request, { cwd: this.folder, ...args });
    await this.editor.event('initialized');
    if (options.breakpoints !== undefined) {
      await this.setBreakpoints(...options.breakpoints);
    }
    if (options.exceptions !== undefined) {
      await this.editor.request('setExceptionBreakpoints', { filters: options.exceptions });
    }
    await this.editor.request('configurationDone');
  }

  /** Answers where each breakpoint is now: `here`, or why it isn't anywhere. */
  async setBreakpoints(...breakpoints: readonly (string | Breakpoint)[]): Promise<string[]> {
    const wanted = breakpoints.map((one) => (typeof one === 'string' ? { at: one } : one));
    const body = await this.editor.request('setBreakpoints', {
      source: { path: this.file },
      breakpoints: wanted.map(({ at, ...rest }) => ({ ...rest, line: this.lineOf(at) })),
    });
    return list(body, 'breakpoints').map(({ verified, line, message }) =>
      verified === true ? this.place(Number(line)) : String(message),
    );
  }

  /** The line number of a mark. */
  lineOf(mark: string): number {
    const index = this.lines.findIndex((line) => line.trimEnd().endsWith(`#@ ${mark}`));
    if (index === -1) {
      throw new Error(`There is no mark '${mark}'.`);
    }
    return index + 1;
  }

  /** Waits until it stands still: why, and where. */
  async stopped(): Promise<string> {
    const stopped = await this.editor.event('stopped');
    expect(stopped['allThreadsStopped']).toBe(true);
    this.thread = Number(stopped['threadId']);
    this.lastStop = stopped;
    const reason = stopped['reason'] === 'end' ? String(stopped['description']) : String(stopped['reason']);
    return `${reason}: ${await this.where()}`;
  }

  /** Moves and waits until it stands still again. */
  async go(request: string): Promise<string> {
    await this.editor.request(request, { threadId: this.thread });
    return this.stopped();
  }

  /** Several moves of the same kind. */
  async goTimes(request: string, times: number): Promise<string[]> {
    const stops: string[] = [];
    for (let count = 0; count < times; count++) {
      stops.push(await this.go(request));
    }
    return stops;
  }

  /** The innermost frame's place: its mark, else its line of code. */
  async where(): Promise<string> {
    const [frame] = await this.frames();
    return frame === undefined ? 'nowhere' : this.place(Number(frame['line']));
  }

  /** The stack as `function at place`, innermost first. */
  async stack(): Promise<string[]> {
    const frames = await this.frames();
    return frames.map(({ name, line }) => `${String(name)} at ${this.place(Number(line))}`);
  }

  async frames(): Promise<Body[]> {
    return list(await this.editor.request('stackTrace', { threadId: this.thread }), 'stackFrames');
  }

  /** The variables of the innermost frame, or of one further out. */
  async locals(frame = 0): Promise<Record<string, string>> {
    return texts(await this.children(await this.scope(frame, 'Locals')));
  }

  async scope(frame: number, name: string): Promise<Body> {
    const frameId = (await this.frames())[frame]?.['id'];
    const scopes = list(await this.editor.request('scopes', { frameId }), 'scopes');
    return scopes.find((scope) => scope['name'] === name)!;
  }

  /** A local variable, as the protocol gives it. */
  async variable(name: string): Promise<Body> {
    const found = (await this.children(await this.scope(0, 'Locals'))).find((one) => one['name'] === name);
    if (found === undefined) {
      throw new Error(`There is no variable '${name}'.`);
    }
    return found;
  }

  async children({ variablesReference }: Body, page: Body = {}): Promise<Body[]> {
    return list(await this.editor.request('variables', { variablesReference, ...page }), 'variables');
  }

  async evaluate(expression: string, context = 'watch'): Promise<string> {
    const frameId = (await this.frames())[0]?.['id'];
    return String((await this.editor.request('evaluate', { expression, frameId, context }))['result']);
  }

  /** Disconnects, and waits until the adapter is gone. */
  async end(): Promise<number | null> {
    open.delete(this);
    this.editor.request('disconnect').catch(() => undefined);
    const code = await this.editor.exited;
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  private place(line: number): string {
    const text = this.lines[line - 1]?.trim() ?? `line ${line}`;
    return text.split('#@ ')[1] ?? text;
  }
}

export function list(body: Body, name: string): Body[] {
  return body[name] as Body[];
}

/** Names and values; groups and `len()` are left out. */
export function texts(variables: readonly Body[]): Record<string, string> {
  const shown = variables.filter(({ name }) => !/ variables$|^len\(\)$/.test(String(name)));
  return Object.fromEntries(shown.map(({ name, value }) => [String(name), String(value)]));
}
