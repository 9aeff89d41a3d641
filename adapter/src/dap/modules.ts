/** The modules of the program, as far as its recording has seen them run. */

import { basename, dirname } from 'node:path';

import type { DebugProtocol } from '@vscode/debugprotocol';

import type { Loose } from './arguments';
import { optionalNumber } from './arguments';
import { Answer } from './connection';
import type { Session } from './session';

export function modules(
  session: Session,
  args: Loose<DebugProtocol.ModulesArguments>,
): Answer<DebugProtocol.ModulesResponse['body']> {
  const files = session.hasTimeline ? session.timeline.trace.files() : [];
  const start = optionalNumber(args.startModule) ?? 0;
  const count = optionalNumber(args.moduleCount) ?? 0;
  const shown = files.slice(start, count === 0 ? undefined : start + count);
  return new Answer({
    totalModules: files.length,
    modules: shown.map((file) => moduleOf(session, file)),
  });
}

function moduleOf(session: Session, file: string): DebugProtocol.Module {
  const path = session.sources.paths.toClient(file);
  return { id: file, name: nameOf(file), path, isUserCode: !/[\\/](site|dist)-packages[\\/]/.test(file) };
}

/** `package` for its `__init__.py`. */
function nameOf(file: string): string {
  const name = basename(file, '.py');
  return name === '__init__' ? basename(dirname(file)) : name;
}
