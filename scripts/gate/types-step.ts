import { runCommand } from '../run-command.ts';
import { sumChecks, type Step } from './step.ts';

/**
 * Sources, tests and scripts of every folder, against the sources of the others. One program: the folders share most of what has to be read.
 * One thread: each would find out the same types once more, and other steps have a use for the core.
 */
export const typesStep: Step = {
  name: 'types',
  run: async () => sumChecks([{ name: 'tsgo', ...(await runCommand('tsgo', ['-p', 'tsconfig.check.json', '--singleThreaded', '--pretty', 'false'])) }]),
};
