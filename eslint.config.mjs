import { builtinModules } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const onlyTestingUsesNode = 'core runs everywhere: only src/testing may use Node.';
const nodeModules = builtinModules.filter((name) => !name.startsWith('_')).map((name) => ({ name, message: onlyTestingUsesNode }));

// One program for everything takes a quarter of the memory and half the time of one for each folder; for a single folder it is the other way round.
const program = process.env.LINT_WHOLE ? { project: './tsconfig.check.json' } : { projectService: true };

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', '**/test-results/', '**/.venv/', '**/playwright-report/', '**/.next/', 'examples/nextjs/', 'examples/react-vite/'] },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [js.configs.recommended, ...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { ...program, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': 'allow-with-description' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    ignores: ['examples/*/src/page/**'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['examples/*/src/page/**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.{ts,tsx,mts,js,mjs}'],
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
  {
    files: ['packages/*/src/**/*.{ts,tsx}'],
    ignores: ['packages/store-postgres/src/cli.ts', 'packages/store-postgres/src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['packages/core/src/testing/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: nodeModules, patterns: [{ group: ['node:*'], message: onlyTestingUsesNode }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'setImmediate', '__dirname', '__filename'],
    },
  },
  // Its first line names rules that need types.
  { files: ['test/types/checks.ts'], linterOptions: { reportUnusedDisableDirectives: 'off' } },
  // The gate has the rules that need types run by a native linter, for a third of the time (scripts/gate/lint-step.ts).
  process.env.LINT_WITHOUT_TYPES ? tseslint.configs.disableTypeChecked : {},
);
