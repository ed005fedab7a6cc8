import { join } from 'node:path';
import { defineConfig, type OxlintOverride } from 'oxlint';
import { layers } from './build/layers.ts';

/** A function of more lines is split by what it does. */
const LINES_MAX = 70;

/** The functions that are longer, each in its own file, and as long as it may get. Their source text goes into a page, so they use nothing outside themselves. */
const LONGER: Readonly<Record<string, number>> = {
  'build/stand-in/base/values.ts': 157,
  'build/stand-in/page/page-bridge.ts': 192,
  'build/stand-in/page/page-preload.ts': 165,
};

/** What ESLint recommends for JavaScript, as far as the compiler does not check it. */
const RECOMMENDED = `
eqeqeq for-direction no-array-constructor no-async-promise-executor no-case-declarations no-compare-neg-zero
no-cond-assign no-constant-binary-expression no-constant-condition no-control-regex no-debugger no-delete-var
no-dupe-else-if no-duplicate-case no-empty no-empty-character-class no-empty-pattern no-empty-static-block
no-ex-assign no-extra-boolean-cast no-fallthrough no-global-assign no-invalid-regexp no-irregular-whitespace
no-loss-of-precision no-misleading-character-class no-nonoctal-decimal-escape no-prototype-builtins no-regex-spaces
no-self-assign no-shadow-restricted-names no-sparse-arrays no-unassigned-vars no-unexpected-multiline
no-unsafe-finally no-unsafe-optional-chaining no-unused-expressions no-unused-labels no-unused-private-class-members
no-useless-assignment no-useless-backreference no-useless-catch no-useless-constructor no-useless-escape no-var
prefer-const prefer-rest-params prefer-spread preserve-caught-error require-yield use-isnan valid-typeof
`;

/** The strict rules of typescript-eslint, those that need types among them. */
const STRICT = `
await-thenable consistent-type-imports explicit-module-boundary-types no-array-delete no-base-to-string
no-deprecated no-duplicate-enum-values no-duplicate-type-constituents no-dynamic-delete no-empty-object-type
no-explicit-any no-extra-non-null-assertion no-extraneous-class no-floating-promises no-for-in-array
no-generated-empty-object-type no-implied-eval no-invalid-void-type no-meaningless-void-operator no-misused-new
no-misused-promises no-misused-spread no-mixed-enums no-namespace no-non-null-asserted-nullish-coalescing
no-non-null-asserted-optional-chain no-non-null-assertion no-redundant-type-constituents no-require-imports
no-this-alias no-unnecessary-boolean-literal-compare no-unnecessary-condition no-unnecessary-template-expression
no-unnecessary-type-arguments no-unnecessary-type-assertion no-unnecessary-type-constraint
no-unnecessary-type-conversion no-unnecessary-type-parameters no-unsafe-argument no-unsafe-assignment no-unsafe-call
no-unsafe-declaration-merging no-unsafe-enum-comparison no-unsafe-function-type no-unsafe-member-access
no-unsafe-return no-unsafe-unary-minus no-useless-default-assignment no-wrapper-object-types only-throw-error
prefer-as-const prefer-literal-enum-member prefer-namespace-keyword prefer-promise-reject-errors
prefer-reduce-type-parameter prefer-return-this-type related-getter-setter-pairs require-await
triple-slash-reference unbound-method unified-signatures use-unknown-in-catch-callback-variable
`;

/** Of React: its rules for hooks, and those of its compiler. */
const REACT = `
error-boundaries exhaustive-deps globals immutability incompatible-library preserve-manual-memoization purity refs
rules-of-hooks set-state-in-effect set-state-in-render static-components unsupported-syntax use-memo void-use-memo
`;

type Rules = Record<string, 'error'>;

const errors = (names: string, plugin = ''): Rules =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [`${plugin}${name}`, 'error'] as const),
  );

const rule = (options: object): ['error', object] => ['error', options];
const lengthOf = (max: number): ['error', object] => rule({ max, skipBlankLines: false, skipComments: false });

const NOTHING = { allowAny: false, allowBoolean: false, allowNullish: false, allowRegExp: false };

const overrides: OxlintOverride[] = [
  {
    files: ['{electron,shared,renderer,build}/**/*.{ts,tsx}'],
    rules: { 'max-lines-per-function': lengthOf(LINES_MAX) },
  },
  ...Object.entries(LONGER).map(([file, lines]) => ({
    files: [file],
    rules: { 'max-lines-per-function': lengthOf(lines) },
  })),
  // Vitest's asymmetric matchers (expect.any, expect.stringMatching) are typed any.
  { files: ['test/**'], rules: { 'typescript/no-unsafe-assignment': 'off' } },
  { files: ['{shared,electron,renderer,build,test}/**'], rules: { 'own/named-exports': 'error' } },
  { files: ['build/electron-builder.ts', 'build/lint/own-rules.ts'], rules: { 'own/named-exports': 'off' } },
  { files: ['renderer/**'], plugins: ['react'], rules: errors(REACT, 'react/') },
  ...Object.values(layers).map((layer) => ({
    files: [...layer.files],
    rules: { 'own/layers': rule(layer) },
  })),
];

export default defineConfig({
  ignorePatterns: ['out/', 'dist/', 'test/fixtures/'],
  plugins: ['typescript'],
  jsPlugins: [join(import.meta.dirname, 'build/lint/own-rules.ts')],
  categories: { correctness: 'off' },
  options: { typeAware: true, typeCheck: true },
  rules: {
    ...errors(RECOMMENDED),
    ...errors(STRICT, 'typescript/'),
    eqeqeq: 'error',
    'no-unused-vars': ['error', { ignoreRestSiblings: true }],
    'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
    'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    'typescript/restrict-plus-operands': ['error', { ...NOTHING, allowNumberAndString: false }],
    'typescript/restrict-template-expressions': ['error', { ...NOTHING, allowNever: false, allowNumber: false }],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
  overrides,
});
