import type { Options } from 'tsup';

/** How every library entry is built: ESM, dependencies left to the app. The compiler writes the declarations (see each `build` script). */
export function libraryOptions(entry: Record<string, string>): Options {
  return {
    entry,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    external: [/^node:/],
    tsconfig: 'tsconfig.build.json',
    sourcemap: true,
    clean: true,
    removeNodeProtocol: false,
  };
}
