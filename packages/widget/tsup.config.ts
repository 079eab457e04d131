import { defineConfig } from 'tsup';
import { libraryOptions } from '../../scripts/build/library-options.ts';

export default defineConfig([
  libraryOptions({
    index: 'src/index.ts',
    'react/index': 'src/react/index.ts',
    'next/index': 'src/next/index.ts',
  }),
  // One file for pages without a bundler: <script type="module">.
  {
    entry: { 'widget.browser': 'src/index.ts' },
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: 'tsconfig.build.json',
    noExternal: [/.*/],
    minify: true,
    outExtension: () => ({ js: '.js' }),
  },
]);
