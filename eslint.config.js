import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', 'coverage'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['templates/assets/**/*.js'],
    languageOptions: { globals: Object.fromEntries(['window', 'document', 'fetch', 'FormData', 'URLSearchParams', 'setTimeout', 'clearTimeout', 'navigator', 'localStorage', 'crypto', 'Intl', 'HTMLElement', 'URL', 'Event', 'CustomEvent', 'XMLHttpRequest', 'requestAnimationFrame', 'setInterval', 'clearInterval', 'AbortController', 'File', 'DataTransfer', 'location', 'history', 'matchMedia', 'self', 'importScripts', 'createImageBitmap', 'ImageData'].map((name) => [name, 'readonly'])) },
  },
  {
    files: ['test/**/*.js', '*.js', '*.cjs'],
    languageOptions: { globals: Object.fromEntries(['process', 'console', 'module', 'URL', 'URLSearchParams', 'performance', 'setTimeout', 'clearTimeout', 'Buffer', 'fetch'].map((name) => [name, 'readonly'])) },
    // Programs that print: their output is their result.
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
