import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import ts from 'typescript';
import { newestPython } from '../support/pythons';

const ROOT = path.resolve(__dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');

interface Room {
  readonly room: string;
  readonly mayUse: readonly string[];
}

/** The rows of the table under a heading: the room and what is listed in the last column. */
function roomsUnder(heading: string): Room[] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    const names = (cell: string | undefined): string[] =>
      Array.from(cell?.matchAll(/`([^`]+)`/g) ?? [], ([, name]) => name!);
    return { room: names(cells[1])[0]!, mayUse: names(cells[3]) };
  });
}

function filesIn(room: string, ending: RegExp): string[] {
  const start = path.join(ROOT, room);
  if (statSync(start).isFile()) {
    return [room];
  }
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => path.join(room, name));
}

const typeScript = roomsUnder('Rooms of TypeScript');
const native = roomsUnder('Rooms of C and C++');

/** The room that a file or folder of ours belongs to. */
function roomOf(file: string, rooms: readonly Room[]): string {
  const found = rooms.find(
    ({ room }) => file === room || `${file}.ts` === room || file.startsWith(`${room}/`),
  );
  return found?.room ?? file;
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(ROOT, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

/** A room, `node`, or a package's name. */
function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    return roomOf(path.join(path.dirname(file), specifier), typeScript);
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return 'node';
  }
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

describe('TypeScript', () => {
  test.each(typeScript)('$room uses only what its row lists', ({ room, mayUse }) => {
    const files = filesIn(room, /\.ts$/);
    expect(files).not.toHaveLength(0);
    const strangers = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => ![room, ...mayUse].includes(targetOf(file, specifier)))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(strangers).toEqual([]);
  });

  test('every file of the adapter and the extension is in one of the rooms', () => {
    const files = ['adapter/src', 'extension/src'].flatMap((folder) => filesIn(folder, /\.ts$/));
    const homeless = files.filter(
      (file) => roomOf(file, typeScript) === file && !typeScript.some(({ room }) => room === file),
    );
    expect(homeless).toEqual([]);
  });

  test('no room uses itself on a detour', () => {
    const reached = (room: string, path: readonly string[]): string[] => {
      if (path.includes(room)) {
        return [[...path, room].join(' → ')];
      }
      const uses = typeScript.find((row) => row.room === room)?.mayUse ?? [];
      return uses.flatMap((used) => reached(used, [...path, room]));
    };
    expect(typeScript.flatMap(({ room }) => reached(room, []))).toEqual([]);
  });
});

/** Headers that belong to CPython or to Node, wherever they lie. */
const FOREIGN = [
  {
    name: 'Python.h',
    headers: /^(Python|structmember|opcode|frameobject|datetime)\.h$|^(internal|cpython)\//,
  },
  { name: 'napi.h', headers: /^(napi|node_api|js_native_api|node|uv|v8)\.h$/ },
];

/** A room, a foreign name, or `system`. */
function includeTarget(file: string, header: string): string {
  const foreign = FOREIGN.find(({ headers }) => headers.test(header));
  if (foreign !== undefined) {
    return foreign.name;
  }
  const beside = path.join(path.dirname(file), header);
  const places = [beside, ...native.map(({ room }) => path.join(room, header))];
  const ours = places.find((place) => exists(place)) ?? ownersOf(path.basename(header))[0];
  return ours === undefined ? 'system' : roomOf(ours, native);
}

function ownersOf(name: string): string[] {
  return native.flatMap(({ room }) => filesIn(room, /\.h$/)).filter((file) => path.basename(file) === name);
}

function exists(file: string): boolean {
  return statSync(path.join(ROOT, file), { throwIfNoEntry: false }) !== undefined;
}

describe('C and C++', () => {
  test.each(native)('$room includes only what its row lists', ({ room, mayUse }) => {
    const files = filesIn(room, /\.(c|h|cpp)$/);
    expect(files).not.toHaveLength(0);
    const strangers = files.flatMap((file) =>
      Array.from(
        readFileSync(path.join(ROOT, file), 'utf8').matchAll(/^\s*#\s*include\s*[<"]([^>"]+)/gm),
        ([, header]) => header!,
      )
        .filter((header) => !['system', room, ...mayUse].includes(includeTarget(file, header)))
        .map((header) => `${file} includes ${header}`),
    );
    expect(strangers).toEqual([]);
  });
});

test('the Python package imports itself and the standard library only, its plugin for pytest also pytest', () => {
  const script = `
import ast, json, pathlib, sys
found = {"execorder"}
for file in pathlib.Path(sys.argv[1]).rglob("*.py"):
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    found |= names - ({"pytest"} if "pytest" in file.name else set())
print(json.dumps(sorted(found - set(sys.stdlib_module_names))))
`;
  const args = ['-c', script, path.join(ROOT, 'recorder-c/python/execorder')];
  const strangers = JSON.parse(execFileSync(newestPython().command, args, { encoding: 'utf8' })) as string[];
  expect(strangers).toEqual(['execorder']);
});
