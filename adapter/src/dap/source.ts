/** Sources as clients know them: by path where the file is as it was when it ran, else from the recording. */

import { readFileSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Trace } from '../trace/trace';
import { Answer } from './connection';
import { PathMapper } from './path-mapper';
import { isRecord, optionalNumber, pathOf } from './arguments';
import type { Loose } from './arguments';
import type { Session } from './session';

/** Remembers what each file of a recording is to the client. Numbers are stable for the whole session. */
export class SourceBook {
  private readonly files: string[] = [];
  private readonly known = new Map<string, DebugProtocol.Source>();
  private readonly announced = new Set<string>();
  /** Set by a configuration that names files otherwise than the program does. */
  paths = new PathMapper();

  of(trace: Trace, file: string): DebugProtocol.Source {
    let source = this.known.get(file);
    if (source === undefined) {
      source = this.describe(trace, file);
      this.known.set(file, source);
    }
    return source;
  }

  /** The file behind a `sourceReference`. */
  file(reference: number): string | undefined {
    return this.files[reference - 1];
  }

  /** True the first time. */
  isNew(file: string): boolean {
    const isNew = !this.announced.has(file);
    this.announced.add(file);
    return isNew;
  }

  private describe(trace: Trace, file: string): DebugProtocol.Source {
    const recorded = trace.source(file);
    const path = this.paths.toClient(file);
    const source = { name: basename(file), path };
    if (isAbsolute(file) && (recorded === undefined || isOnDisk(path, recorded))) {
      return source;
    }
    this.files.push(file);
    return { ...source, sourceReference: this.files.length, origin: 'from the recording' };
  }
}

function isOnDisk(file: string, recorded: string): boolean {
  try {
    return readFileSync(file, 'utf8') === recorded;
  } catch {
    return false;
  }
}

/** Tells the client about files that it has not heard of: some only offer "jump here" for those. */
export function announceSources(session: Session, trace: Trace): void {
  for (const file of trace.files().filter((name) => session.sources.isNew(name))) {
    session.client.event('loadedSource', { reason: 'new', source: session.sources.of(trace, file) });
  }
}

export function loadedSources(session: Session): Answer<DebugProtocol.LoadedSourcesResponse['body']> {
  const { trace } = session.timeline;
  return new Answer({ sources: trace.files().map((file) => session.sources.of(trace, file)) });
}

export function source(
  session: Session,
  args: Loose<DebugProtocol.SourceArguments>,
): Answer<DebugProtocol.SourceResponse['body']> {
  const named = isRecord(args.source) ? args.source : {};
  const reference = optionalNumber(args.sourceReference) ?? optionalNumber(named['sourceReference']) ?? 0;
  const file = session.sources.file(reference) ?? pathOf(named['path']);
  const content = file === undefined ? undefined : session.timeline.trace.source(file);
  if (content === undefined) {
    throw new UserError(`The recording does not hold the source of ${file ?? 'this file'}.`);
  }
  return new Answer({ content, mimeType: 'text/x-python' });
}
