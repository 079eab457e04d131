export interface StepResult {
  passed: number;
  failed: number;
  /** Tests that were left out, each with its reason. */
  skipped?: string[];
  /** Shown when something failed. */
  output: string;
}

export interface Step {
  name: string;
  /** What has to be there before it runs: Postgres and Redis, or Chromium. */
  needs?: 'servers' | 'browsers';
  run: () => Promise<StepResult>;
}

/** One thing that is right or not. */
export interface Check {
  name: string;
  ok: boolean;
  output: string;
}

export function sumChecks(checks: Check[]): StepResult {
  const failed = checks.filter(({ ok }) => !ok);
  return {
    passed: checks.length - failed.length,
    failed: failed.length,
    output: failed.map(({ name, output }) => `✗ ${name}\n${output.trimEnd()}`).join('\n\n'),
  };
}
