import { defineConfig } from 'tsup';

const shared = { target: 'es2022', minify: true, sourcemap: false, treeshake: true } as const;

export default defineConfig([
  // One file to serve: a classic script, so that it works with and without type="module".
  { ...shared, entry: { chatkit: 'src/index.ts' }, format: 'iife', globalName: 'ChatKitElementModule', platform: 'browser', noExternal: [/.*/], outExtension: () => ({ js: '.js' }) },
  { ...shared, entry: { index: 'src/index.ts' }, format: 'esm', platform: 'browser', clean: false },
]);
