import { defineConfig } from 'tsup';
import { libraryOptions } from '../../scripts/build/library-options.ts';

export default defineConfig([
  {
    ...libraryOptions({
      index: 'src/index.ts',
      'react/index': 'src/react/index.ts',
      'next/index': 'src/next/index.ts',
      'next/assistant': 'src/next/assistant.ts',
    }),
    // A module of its own: 'use client' marks the whole file, and the route handlers are the server's.
    external: [/^node:/, './assistant.js'],
  },
  // One file for pages without a bundler: <script type="module">.
  {
    entry: { 'widget.browser': 'src/index.ts' },
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: 'tsconfig.build.json',
    noExternal: [/.*/],
    minify: true,
    splitting: false,
    outExtension: () => ({ js: '.js' }),
  },
]);
