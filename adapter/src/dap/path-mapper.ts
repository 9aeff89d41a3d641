/** Files that have one name for the client and another one for the program (`pathMappings`). */

import { isRecord, pathOf } from './arguments';
import type { PathMapping } from './configuration/rules';

export class PathMapper {
  constructor(private readonly mappings: readonly PathMapping[] = []) {}

  /** As the program names what the client names so. */
  toProgram(path: string): string {
    return this.moved(path, 'localRoot', 'remoteRoot');
  }

  /** As the client names what the program names so. */
  toClient(path: string): string {
    return this.moved(path, 'remoteRoot', 'localRoot');
  }

  /** A request's arguments, with the program's name of the source that they speak of. */
  requestArguments(args: unknown): unknown {
    const source = isRecord(args) ? args['source'] : undefined;
    const path = isRecord(source) ? pathOf(source['path']) : undefined;
    if (this.mappings.length === 0 || !isRecord(args) || !isRecord(source) || path === undefined) {
      return args;
    }
    return { ...args, source: { ...source, path: this.toProgram(path) } };
  }

  /** The longest root that fits is the right one. */
  private moved(path: string, from: keyof PathMapping, to: keyof PathMapping): string {
    const fitting = this.mappings.filter((mapping) => isBelow(path, mapping[from]));
    const [best] = fitting.sort((one, other) => other[from].length - one[from].length);
    return best === undefined ? path : `${trimmed(best[to])}${path.slice(trimmed(best[from]).length)}`;
  }
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${trimmed(root)}/`);
}

function trimmed(root: string): string {
  return root.replace(/[/\\]+$/, '');
}
