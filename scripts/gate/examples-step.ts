import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { root } from '../workspace.ts';
import { sumChecks, type Check, type Step } from './step.ts';

/** Examples with a lockfile of their own, whose dependencies are too heavy for everybody's install, install and build with the packages as built. */
export const examplesStep: Step = {
  name: 'examples',
  run: async () => {
    const checks: Check[] = [];
    for (const name of readdirSync(join(root, 'examples')).filter((each) => existsSync(join(root, 'examples', each, 'package-lock.json')))) {
      checks.push({ name: `${name} builds`, ...(await runCommand('node', ['examples/test-example.mjs', name, '--skip-tests'])) });
    }
    return sumChecks(checks);
  },
};
