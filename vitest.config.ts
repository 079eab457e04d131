import { readFileSync } from 'node:fs';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const root = import.meta.dirname;

/** Tests run on the sources: the same paths that the compiler uses, so that nothing has to be built first. */
const { compilerOptions } = JSON.parse(readFileSync(`${root}/tsconfig.base.json`, 'utf8')) as {
  compilerOptions: { paths: Record<string, [string]> };
};
const alias = Object.entries(compilerOptions.paths).map(([name, [file]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: `${root}/${file}`,
}));

function project(folder: string, options: { globalSetup?: ('postgres' | 'pglite' | 'redis')[] } = {}): TestProjectConfiguration {
  return {
    root,
    resolve: { alias },
    test: {
      name: folder === '.' ? 'whole' : folder.replace(/^packages\//, ''),
      include: [folder === '.' ? 'test/**/*.test.ts' : `${folder}/test/**/*.test.{ts,tsx}`],
      // Generous: the machine may be busy with something else.
      testTimeout: 90_000,
      hookTimeout: 120_000,
      restoreMocks: true,
      // The files of a project share what they import: loading the SDKs anew for each took more time than the tests.
      isolate: false,
      // PGlite's 10 MB of WebAssembly: to optimise them costs more than tests as short as these ever gain by it.
      execArgv: options.globalSetup?.includes('pglite') ? ['--liftoff-only'] : [],
      globalSetup: options.globalSetup?.map((service) => `${root}/scripts/services/${service}-setup.ts`) ?? [],
    },
  };
}

export default defineConfig({
  test: {
    /** `npm run coverage`: of the core, by its own tests and those of the whole. */
    coverage: {
      provider: 'v8',
      include: ['packages/core/src/**/*.ts'],
      exclude: ['packages/core/src/testing/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
      reportOnFailure: true,
      thresholds: { branches: 90 },
    },
    // More than the cores: much of the time is spent waiting for databases.
    maxWorkers: 3,
    projects: [
      project('packages/core'),
      project('packages/store-memory'),
      project('packages/store-postgres', { globalSetup: ['postgres', 'pglite'] }),
      project('packages/store-redis', { globalSetup: ['redis'] }),
      project('packages/attachments'),
      project('packages/adapter-express'),
      project('packages/widget'),
      project('packages/element'),
      project('.', { globalSetup: ['postgres', 'pglite', 'redis'] }),
      project('examples/inventory', { globalSetup: ['postgres', 'pglite', 'redis'] }),
      project('examples/support-desk', { globalSetup: ['postgres', 'pglite'] }),
      project('examples/page-guide'),
    ],
  },
});
