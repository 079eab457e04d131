import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import type { Step, StepResult } from './step.ts';

interface VitestReport {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; meta?: Record<string, unknown> }[];
  }[];
}

/** The tests of the projects in vitest.config.ts that need no server. */
export const withoutServicesStep: Step = { name: 'without-services', run: () => runVitest('without-services') };

/** All others. Much of their time they wait for a server. */
export const withServicesStep: Step = { name: 'with-services', needs: 'servers', run: () => runVitest('!without-services') };

async function runVitest(projects: string): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-vitest-'));
  try {
    const file = join(folder, 'report.json');
    const { ok, output } = await runCommand('vitest', ['run', '--project', projects, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{"testResults":[]}')) as VitestReport;
    const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const passed = tests.filter(({ status }) => status === 'passed').length;
    // A file that could not be loaded has no tests, and an error outside of a test fails none.
    const brokenFiles = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length;
    const failed = tests.filter(({ status }) => status === 'failed').length + brokenFiles;
    const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName);
    return { passed, failed: ok ? failed : Math.max(failed, 1), skipped, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
