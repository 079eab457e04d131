import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { PlaywrightTestConfig } from '@playwright/test';
import { WORKERS } from './scripts/browser-config.ts';

type Project = NonNullable<PlaywrightTestConfig['projects']>[number];

/** A folder with tests in `e2e`, and the configuration that it has for itself. */
interface BrowserTests {
  name: string;
  folder: string;
  config: PlaywrightTestConfig;
}

const found = ['examples', 'packages'].flatMap((parent) =>
  readdirSync(`${import.meta.dirname}/${parent}`)
    .map((name) => ({ name, folder: `${import.meta.dirname}/${parent}/${name}` }))
    .filter(({ folder }) => existsSync(`${folder}/e2e`)),
);
// Backwards: the tests of the widget wait for a network that is cut, and while one waits at the end the others have nothing to do.
found.reverse();
const all: BrowserTests[] = await Promise.all(
  found.map(async (each) => ({ ...each, config: ((await import(`${each.folder}/playwright.config.ts`)) as { default: PlaywrightTestConfig }).default })),
);

const first = all.flatMap((tests) => projectsOf(tests).filter(({ dependencies }) => !dependencies));
const last = all.flatMap((tests) => projectsOf(tests).filter(({ dependencies }) => dependencies));

/** Every browser test of the repository in one run: `npx playwright test`, or some of it with `--project element`. */
export default defineConfig({
  outputDir: 'test-results',
  workers: WORKERS,
  reporter: [['list']],
  // What depends on other tests of its folder wants the machine to itself, so it waits for all.
  projects: [...first, ...last.map((project) => ({ ...project, dependencies: first.map(({ name }) => name ?? '') }))],
});

function projectsOf({ name, folder, config }: BrowserTests): Project[] {
  const { projects = [{}], testDir = '.', outputDir = '.', testMatch = [], workers, timeout, expect, fullyParallel, use } = config;
  return projects.map((project) => ({
    testMatch,
    ...(timeout === undefined ? {} : { timeout }),
    ...(expect === undefined ? {} : { expect }),
    ...(fullyParallel === undefined ? {} : { fullyParallel }),
    ...(typeof workers === 'number' ? { workers } : {}),
    ...project,
    name: project.name === undefined ? name : `${name}-${project.name}`,
    testDir: `${folder}/${testDir}`,
    outputDir: `${folder}/${outputDir}`,
    use: { ...use, ...project.use },
  }));
}
