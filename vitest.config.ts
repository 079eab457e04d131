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

interface ProjectOptions {
  name: string;
  /** Those with a `test` folder. The tests of a project share its processes, so few projects load what all of them import fewer times. */
  folders: string[];
  globalSetup?: ('postgres' | 'pglite' | 'redis')[];
}

function project({ name, folders, ...options }: ProjectOptions): TestProjectConfiguration {
  return {
    root,
    resolve: { alias },
    test: {
      name,
      include: folders.map((folder) => (folder === '.' ? 'test/**/*.test.ts' : `${folder}/test/**/*.test.{ts,tsx}`)),
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
    // A third would load the SDKs once more, and in the gate other steps use the time that is spent waiting for servers.
    maxWorkers: 2,
    projects: [
      project({
        name: 'without-services',
        folders: [...['core', 'store-memory', 'attachments', 'adapter-express', 'widget', 'element'].map((name) => `packages/${name}`), 'examples/page-guide'],
      }),
      project({ name: 'store-postgres', folders: ['packages/store-postgres'], globalSetup: ['postgres', 'pglite'] }),
      project({ name: 'store-redis', folders: ['packages/store-redis'], globalSetup: ['redis'] }),
      project({ name: 'whole', folders: ['.', 'examples/inventory', 'examples/support-desk'], globalSetup: ['postgres', 'pglite', 'redis'] }),
    ],
  },
});
