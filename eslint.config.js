/** What `npm run check` asks of the code beyond the compiler; the rules on rooms and lengths are in test/architecture.test.ts. */
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  { ignores: ["node_modules/", "data/", "static/vendor/", "**/*.min.js"] },
  typescript.configs.strictTypeChecked,
  typescript.configs.stylisticTypeChecked,
  {
    files: ["server/**", "test/**", "bench/**", "eslint.config.js"],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/max-params": ["error", { max: 3 }],
      // Types of both kinds are in use: an interface has methods, a type is a record or a union.
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `it("…", () => holds(rule))` and `return reply(…)` are short and clear.
      "@typescript-eslint/no-confusing-void-expression": "off",
      // noPropertyAccessFromIndexSignature is not asked of anybody, but allowed.
      "@typescript-eslint/dot-notation": "off",
      // A method is async when its interface is, whatever this one does; characters are spread by code point on purpose.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      complexity: ["warn", 12],
      "max-depth": ["error", 4],
      "max-lines-per-function": ["warn", { max: 40, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-syntax": ["error", { selector: "TSEnumDeclaration", message: "A union of strings says it." }],
    },
  },
  {
    // Chai's assertions are expressions; a suite is one long function; a console is the report of a benchmark.
    files: ["test/**", "bench/**"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "max-lines-per-function": "off",
      "no-console": "off",
    },
  },
  {
    // Plain JavaScript says by JSDoc what JSON.parse gives.
    files: ["server/setup/**"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off" },
  },
  { files: ["server/setup/**", "server/main.ts", "server/cli/**"], rules: { "no-console": "off" } },
  { files: ["static/**"], extends: [typescript.configs.disableTypeChecked], languageOptions: { sourceType: "module" } },
);
