import { runCommand } from '../run-command.ts';
import type { Step } from './step.ts';

/** The vectors recorded from the official Python SDK. */
export const conformanceStep: Step = {
  name: 'conformance',
  needs: 'servers',
  run: async () => {
    // Without its pre-script, which installs and builds: other steps are using what is there.
    const { ok, output } = await runCommand('npm', ['run', '--silent', '--ignore-scripts', 'conformance', '--', 'conformance/vectors']);
    const [, passed, failed] = /^(\d+) passed, (\d+) failed\s*$/m.exec(output) ?? [];
    if (passed === undefined) return { passed: 0, failed: 1, output };
    return { passed: Number(passed), failed: ok ? Number(failed) : Math.max(Number(failed), 1), output };
  },
};
