import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layers, type Layer } from './build/layers.ts';
import { importArrows } from './build/lint/lint-arrows.ts';

/** A function of more lines is split by what it does. */
const LINES_MAX = 70;

/** The functions that are longer, each in its own file, and as long as it may get. Their source text goes into a page, so they use nothing outside themselves. */
const LONGER: Readonly<Record<string, number>> = {
  'build/stand-in/base/values.ts': 157,
  'build/stand-in/page/page-bridge.ts': 192,
  'build/stand-in/page/page-preload.ts': 165,
};

const lengthOf = (max: number): ['error', object] => ['error', { max, skipBlankLines: false, skipComments: false }];

const arrowsOf = (layer: Layer): ['error', Layer] => ['error', layer];

export default defineConfig(
  { ignores: ['out/', 'dist/', 'test/fixtures/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './shared/tsconfig.json', './electron/tsconfig.json', './renderer/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: the name is the same everywhere.' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['{electron,shared,renderer,build}/**/*.{ts,tsx}'],
    rules: { 'max-lines-per-function': lengthOf(LINES_MAX) },
  },
  ...Object.entries(LONGER).map(([file, lines]) => ({
    files: [file],
    rules: { 'max-lines-per-function': lengthOf(lines) },
  })),
  // `erasableSyntaxOnly` refuses enums: only build/ meets some, the compiler's. The rule takes a seventh of all rules' time.
  {
    files: ['{electron,renderer,shared,test}/**'],
    rules: { '@typescript-eslint/no-unsafe-enum-assignment': 'off' },
  },
  // Vitest's asymmetric matchers (expect.any, expect.stringMatching) are typed any.
  { files: ['test/**'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  { files: ['*.config.ts', 'build/electron-builder.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['renderer/**'], extends: [reactHooks.configs.flat['recommended-latest']] },
  ...Object.entries(layers).map(([name, layer]) => ({
    name: `arrows of ${name}`,
    files: [...layer.files],
    plugins: { arrows: { rules: { layers: importArrows } } },
    rules: { 'arrows/layers': arrowsOf(layer) },
  })),
);
