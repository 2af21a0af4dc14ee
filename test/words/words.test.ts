/** The table of everything people read: whole in both languages, in the agreed terms, and nothing beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { en } from "../../server/words/en.ts";
import { ja } from "../../server/words/ja.ts";

const root = join(import.meta.dirname, "../..");

/** Every text with its path; functions of counts and names are asked with plausible ones, those of richer values are left to the tests of whoever uses them. */
function texts(table: object, path: readonly string[] = []): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    const here = [...path, key];
    if (typeof value === "string") return [[here.join("."), value] as const];
    if (typeof value === "function") return asked(here.join("."), value as (...given: unknown[]) => unknown);
    return texts(value as object, here);
  });
}

function asked(key: string, text: (...given: unknown[]) => unknown): readonly (readonly [string, string])[] {
  try {
    return [[key, String(text(7, 9))]];
  } catch {
    return [];
  }
}

function files(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

describe("the words", () => {
  it("have the same keys in both languages, none of them empty", () => {
    expect(texts(ja).map(([key]) => key)).to.have.members(texts(en).map(([key]) => key));
    for (const [key, text] of [...texts(en), ...texts(ja)]) expect(text.trim(), key).not.to.equal("");
  });

  it("in English hold no Japanese", () => {
    // Menus of Japanese telephones are named as they stand on them.
    const strays = texts(en).filter(([key, text]) => japanese.test(text) && !key.startsWith("joinHelp.carriers."));
    expect(strays).to.deep.equal([]);
  });

  it("in Japanese are Japanese, but for what is the same everywhere", () => {
    const same = [
      "app.name",
      "app.number",
      "app.percent",
      "app.between",
      "app.none",
      "mail.unnamed",
      "mail.size",
      "responses.family",
      "compose.listed",
    ];
    expect(
      texts(ja)
        .filter(([key, text]) => !japanese.test(text) && !same.includes(key))
        .map(([key]) => key),
    ).to.deep.equal([]);
  });

  it("in Japanese are polite, use no half-width kana and none of the terms that mislead", () => {
    const misleading = /[\uff61-\uff9f]|所有者|属性|延期|配信停止|送信トレイ|到達|配達/;
    expect(texts(ja).filter(([, text]) => misleading.test(text))).to.deep.equal([]);
    // A sentence ends in です, ます, ください and the like; a label has no full stop.
    const blunt = texts(ja).filter(([, text]) =>
      text
        .split("。")
        .slice(0, -1)
        .some(
          (sentence) =>
            !/(です|ます|ません|ました|ください|でした|まで|ましょう|でしょう|おすすめです|\)|」|とおり)$/.test(
              sentence.trim(),
            ) && /[るたいだ]$/.test(sentence.trim()),
        ),
    );
    expect(blunt.map(([key, text]) => `${key}: ${text}`)).to.deep.equal([]);
  });
});

describe("what people read", () => {
  it("stands in no template", () => {
    const strays = files("views", ".eta").flatMap((file) => {
      const source = readFileSync(join(root, file), "utf8");
      const html = source.replace(/<%[\s\S]*?%>/g, "");
      const visible = [
        html.replace(/<[^>]*>/g, ""),
        ...[...html.matchAll(/\s(?:title|alt|placeholder|aria-label|aria-description|label)="([^"]*)"/g)].map(
          ([, text]) => text ?? "",
        ),
      ];
      const code = [...source.matchAll(/<%([\s\S]*?)%>/g)]
        .map(([, text]) => text ?? "")
        .filter((text) => japanese.test(text) || /["'`][A-Z][a-z]+ [a-z]/.test(text));
      return [...visible.filter((text) => /\p{L}/u.test(text)), ...code].map(
        (text) => `${file}: ${text.trim().slice(0, 80)}`,
      );
    });
    expect(strays).to.deep.equal([]);
  });

  it("stands in no code of the panel", () => {
    const strays = files("server/web", ".ts").flatMap((file) =>
      literals(file)
        .filter((text) => japanese.test(text) || /^[A-Z][a-z]+ [a-z]+/.test(text.trim()))
        .map((text) => `${file}: ${text}`),
    );
    expect(strays).to.deep.equal([]);
  });

  it("stands in no script of a page", () => {
    const strays = files("static/js", ".js").flatMap((file) =>
      literals(file)
        .filter((text) => japanese.test(text) || /[a-z] [a-z]+ [a-z]/i.test(text))
        .map((text) => `${file}: ${text}`),
    );
    expect(strays).to.deep.equal([]);
  });
});

/** The string literals of a file, comments and import paths aside. */
function literals(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
