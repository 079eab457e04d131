import { runCommand } from '../run-command.ts';
import { sumChecks, type Step } from './step.ts';

export const lintStep: Step = {
  name: 'lint',
  run: async () => sumChecks([{ name: 'eslint', ...(await runCommand('eslint', ['.', '--max-warnings', '0'], { env: { LINT_WHOLE: '1', NODE_OPTIONS: '--max-semi-space-size=128' } })) }]),
};
