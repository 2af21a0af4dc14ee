/** The rules of the house, each a function from the server's files to the places that break it, as readable lines. */
import { builtinModules } from "node:module";
import ts from "typescript";
import { descendants, lineOf, type SourceFile } from "./source-file.ts";

export interface House {
  /** Rooms from the bottom up: each imports only from rows below its own, or from itself. */
  readonly layers: readonly (readonly string[])[];
  /** Rooms that every other but `pure` ones may import; they import only each other. */
  readonly forAll: readonly string[];
  /** Rooms without network, disk, clock or any of `forAll`. */
  readonly pure: readonly string[];
  /** Files that each package may be imported in, as beginnings of paths. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
  /** Files that do their work when imported. */
  readonly entries: RegExp;
  /** Files that are tables: as long as what they list. */
  readonly tables: RegExp;
  readonly maxFileLines: number;
  readonly maxFunctionLines: number;
}

export type Rule = (files: readonly SourceFile[], house: House) => readonly string[];

export const rooms: Rule = (files, house) => {
  const level = (room: string) => house.layers.findIndex((layer) => layer.includes(room));
  return files.flatMap(({ path, room, imports }) => {
    const own = level(room);
    const isForAll = house.forAll.includes(room);
    if (own < 0 && !isForAll) return [`${path}: the room "${room}" is not in the table`];
    const reached = imports.flatMap(({ file, line }) => (file === undefined ? [] : [{ line, to: roomOf(file) }]));
    const wrong = reached.filter(({ to }) => {
      if (to === room) return false;
      if (house.forAll.includes(to)) return house.pure.includes(room);
      return isForAll || level(to) >= own || level(to) < 0;
    });
    return wrong.map(({ line, to }) => `${path}:${line} ${room}/ may not import from ${to}/`);
  });
};

export const purity: Rule = (files, house) => {
  const outside = /^node:(fs|net|tls|dns|http|https|http2|dgram|child_process|timers)(\/|$)/;
  const pure = files.filter(({ room }) => house.pure.includes(room));
  return pure.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => outside.test(specifier))
      .map((found) => `${path}:${found.line} a pure room may not use ${found.specifier}`),
  );
};

export const packages: Rule = (files, house) =>
  files.flatMap(({ path, imports }) =>
    imports
      .filter(({ file, specifier }) => file === undefined && !specifier.startsWith("node:"))
      .filter(({ specifier }) => !house.owners[packageOf(specifier)]?.some((owner) => path.startsWith(owner)))
      .map(({ specifier, line }) =>
        builtinModules.includes(specifier)
          ? `${path}:${line} "${specifier}" is written "node:${specifier}"`
          : `${path}:${line} the package "${specifier}" belongs to ${house.owners[packageOf(specifier)]?.join(" and ") ?? "nobody in the table"}`,
      ),
  );

/** Packages of the table that no file imports. */
export const idlePackages: Rule = (files, house) => {
  const used = new Set(files.flatMap(({ imports }) => imports.map(({ specifier }) => packageOf(specifier))));
  return Object.keys(house.owners).filter((name) => !used.has(name));
};

export const cycles: Rule = (files) =>
  circles(files.map(({ path, imports }) => [path, imports.flatMap(({ file }) => file ?? [])]));

/** Of the folders inside a room, taken as one each. */
export const folderCycles: Rule = (files) => {
  const folderOf = (path: string): readonly string[] => {
    const [room, folder, file] = path.split("/");
    return file === undefined ? [] : [`${room}/${folder}`];
  };
  const ways = files.flatMap(({ path, imports }) =>
    folderOf(path).map((own): [string, readonly string[]] => [
      own,
      imports.flatMap(({ file }) => folderOf(file ?? "").filter((to) => to !== own)),
    ]),
  );
  const merged = Map.groupBy(ways, ([own]) => own);
  return circles([...merged].map(([own, all]) => [own, all.flatMap(([, reached]) => reached)]));
};

function circles(ways: readonly (readonly [string, readonly string[]])[]): readonly string[] {
  const waysFrom = new Map(ways);
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (place: string, way: readonly string[]): void => {
    if (way.includes(place)) found.push([...way.slice(way.indexOf(place)), place].join(" -> "));
    if (way.includes(place) || done.has(place)) return;
    for (const next of waysFrom.get(place) ?? []) visit(next, [...way, place]);
    done.add(place);
  };
  for (const [place] of ways) visit(place, []);
  return found;
}

export const namedExports: Rule = (files) =>
  files.flatMap(({ path, syntax }) =>
    syntax.statements.flatMap((statement) => {
      if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
        return [`${path}:${lineOf(statement)} exports what another file has: import it from there`];
      }
      return isDefaultExport(statement)
        ? [`${path}:${lineOf(statement)} a default export has no name to find it by`]
        : [];
    }),
  );

export const openingComment: Rule = (files) =>
  files
    .filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text))
    .map(({ path }) => `${path}:1 does not say what it is, in a comment /** … */ at its beginning`);

export const importTime: Rule = (files, house) =>
  files
    .filter(({ path }) => !house.entries.test(path))
    .flatMap(({ path, syntax }) =>
      syntax.statements.flatMap((statement) => {
        if (isState(statement)) return [`${path}:${lineOf(statement)} a module has no state of its own`];
        return isWork(statement) ? [`${path}:${lineOf(statement)} works while it is imported`] : [];
      }),
    );

export const fileLength: Rule = (files, house) =>
  files
    .map((file) => ({ ...file, lines: file.text.trimEnd().split("\n").length }))
    .filter(({ path, lines }) => lines > house.maxFileLines && !house.tables.test(path))
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${house.maxFileLines}`);

export const functionLength: Rule = (files, house) =>
  files.flatMap(({ path, syntax, text }) =>
    [...descendants(syntax)].filter(ts.isFunctionLike).flatMap((node) => {
      const lines = text.slice(node.getStart(syntax), node.getEnd()).split("\n").length;
      return lines > house.maxFunctionLines
        ? [`${path}:${lineOf(node)} a function has ${lines} lines, more than ${house.maxFunctionLines}`]
        : [];
    }),
  );

function roomOf(path: string): string {
  return path.replace(/\.[^./]+$/, "").split("/")[0] ?? "";
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

function isState(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0;
}

function isWork(statement: ts.Statement): boolean {
  return (
    ts.isExpressionStatement(statement) ||
    ts.isIterationStatement(statement, true) ||
    ts.isIfStatement(statement) ||
    ts.isTryStatement(statement)
  );
}
