import tseslint from 'typescript-eslint';
import architecture from './scripts/lint/plugin.mjs';

const unused = { argsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true };

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.parley/'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    plugins: { architecture },
    rules: {
      'architecture/boundaries': 'error',
      'architecture/environment': 'error',
      'architecture/no-inline-disable': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-binary-expression': 'error',
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-fallthrough': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-sparse-arrays': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['**/*spec.ts', '**/*.arbitraries.ts'],
    rules: { 'max-lines': ['error', { max: 600 }] },
  },
  {
    files: ['**/*.mjs'],
    rules: { 'no-unused-vars': ['error', unused] },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', unused],
      // `abstract new (...args: any[]) => object` is how TypeScript says "any class".
      '@typescript-eslint/no-explicit-any': ['error', { ignoreRestArgs: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
);
