import { mapConcurrently } from '../map-concurrently.ts';
import { runCommand } from '../run-command.ts';
import { foldersWith } from '../workspace.ts';
import { sumChecks, type Step } from './step.ts';

/** Sources, tests and scripts of every folder, against the sources of the others. */
export const typesStep: Step = {
  name: 'types',
  run: async () => {
    const projects = ['.', ...foldersWith('tsconfig.json').map(({ folder }) => folder)];
    return sumChecks(await mapConcurrently(2, projects, async (project) => ({ name: `tsc -p ${project}`, ...(await runCommand('tsc', ['-p', project, '--noEmit'])) })));
  },
};
