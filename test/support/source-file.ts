/** A file of the server as the architecture test sees it: what it imports, how long it is, what it does at import. */
import { readdirSync, readFileSync } from "node:fs";
import { extname, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export interface Import {
  /** As written: "node:fs", "pg", "../mail/address.ts". */
  readonly specifier: string;
  readonly line: number;
  /** The imported file below server/; undefined for packages and Node's own modules. */
  readonly file: string | undefined;
}

export interface SourceFile {
  /** Below server/, with slashes. */
  readonly path: string;
  /** The folder directly below server/, or the name of a file that stands there itself, without its ending. */
  readonly room: string;
  readonly text: string;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** All TypeScript and JavaScript of server/, in order of path. */
export function serverFiles(): readonly SourceFile[] {
  const server = fileURLToPath(new URL("../../server", import.meta.url));
  const paths = readdirSync(server, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  const code = paths.filter((path) => [".ts", ".js"].includes(extname(path))).sort();
  return code.map((path) => sourceFile(path, readFileSync(posix.join(server, path), "utf8")));
}

export function sourceFile(path: string, text: string): SourceFile {
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const [room = ""] = path.replace(/\.[^./]+$/, "").split("/");
  return { path, room, text, syntax, imports: [...importsOf(syntax)] };
}

/** The line of a node, counted from one. */
export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

export function* descendants(node: ts.Node): Generator<ts.Node> {
  for (const child of node.getChildren()) {
    yield child;
    yield* descendants(child);
  }
}

function* importsOf(syntax: ts.SourceFile): Generator<Import> {
  for (const node of descendants(syntax)) {
    const specifier = specifierOf(node);
    if (specifier === undefined) continue;
    const file = specifier.startsWith(".") ? posix.join(posix.dirname(syntax.fileName), specifier) : undefined;
    yield { specifier, line: lineOf(node), file };
  }
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0]);
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
