/** Milliseconds of each run, sorted. */
export async function measure(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

/** The value that this share (0 to 1) of the sorted values lies below. */
export function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

/** Prints a figure against its target; the process fails when one is missed. */
export function report(name: string, value: number, target: number, unit: string): void {
  const kept = value <= target;
  console.log(`${kept ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(2)}${unit} (target: at most ${String(target)}${unit})`);
  if (!kept) process.exitCode = 1;
}
