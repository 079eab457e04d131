/**
 * `npm test`: everything that has to hold, one step after the other where steps would disturb each other.
 * The last line is always `N passed, N failed`.
 *
 *   node scripts/gate/run-gate.ts [step ...]      only these steps
 */
import { exitWithCommands } from '../run-command.ts';
import { ensureBrowsers } from '../services/find-chromium.ts';
import { startServers } from '../services/start-servers.ts';
import { browserStep } from './browser-step.ts';
import { buildStep } from './build-step.ts';
import { conformanceStep } from './conformance-step.ts';
import { examplesStep } from './examples-step.ts';
import { lintStep } from './lint-step.ts';
import { packagesStep } from './packages-step.ts';
import { releaseStep } from './release-step.ts';
import { snippetsStep } from './snippets-step.ts';
import type { Step, StepResult } from './step.ts';
import { typesStep } from './types-step.ts';
import { withoutServicesStep, withServicesStep } from './vitest-step.ts';

/** The lanes of a group run side by side, the steps of a lane in order. What measures time or drives a browser has the machine to itself. */
const groups: Step[][][] = [
  [[buildStep], [typesStep]],
  [[withServicesStep, conformanceStep], [packagesStep, releaseStep, snippetsStep, lintStep, examplesStep, withoutServicesStep]],
  [[browserStep]],
];

const started = Date.now();
const wanted = process.argv.slice(2);
const known = groups.flat(2).map(({ name }) => name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. The steps are ${known.join(', ')}.`);
const isWanted = (step: Step): boolean => wanted.length === 0 || wanted.includes(step.name);
const isNeeded = (what: Step['needs']): boolean => groups.flat(2).some((step) => isWanted(step) && step.needs === what);

let passed = 0;
let failed = 0;
// Beside the steps that need neither: who lacks something learns it at once, and what to do.
const servers = isNeeded('servers') ? startServers() : undefined;
const browsers = isNeeded('browsers') ? ensureBrowsers() : undefined;
servers?.catch(giveUp);
browsers?.catch(giveUp);
try {
  for (const lanes of groups) await Promise.all(lanes.map(runLane));
} finally {
  await (await servers)?.();
}
console.log(`\nAll steps took ${seconds(started)}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function giveUp(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  return exitWithCommands();
}

async function runLane(steps: Step[]): Promise<void> {
  for (const step of steps.filter(isWanted)) {
    if (step.needs === 'servers') await servers;
    if (step.needs === 'browsers') await browsers;
    await runStep(step);
  }
}

async function runStep(step: Step): Promise<void> {
  const start = Date.now();
  console.log(`… ${step.name}`);
  const result = await step.run().catch((error: unknown): StepResult => ({ passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
  passed += result.passed;
  failed += result.failed;
  const skipped = result.skipped?.length ? `, ${result.skipped.length} skipped` : '';
  console.log(`${result.failed === 0 ? '✓' : '✗'} ${step.name}: ${result.passed} passed, ${result.failed} failed${skipped} (${seconds(start)})`);
  for (const reason of result.skipped ?? []) console.log(`    skipped: ${reason}`);
  if (result.failed > 0) console.log(`${result.output.trimEnd()}\n`);
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
