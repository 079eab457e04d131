import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The built app on a free port, with more variables in its environment. */
export async function startApp(environment: Record<string, string> = {}): Promise<{ address: string; stop: () => Promise<void> }> {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const app = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '--port', '0'], { cwd: folder, env: { ...process.env, ...environment, NEXT_TELEMETRY_DISABLED: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const piece of app.stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    said += String(piece);
    const [, address] = /(http:\/\/localhost:\d+)/.exec(said) ?? [];
    if (address === undefined || !said.includes('Ready')) continue;
    app.stdout.resume();
    return {
      address,
      stop: async () => {
        app.kill();
        await once(app, 'exit');
      },
    };
  }
  throw new Error(`next start ended: ${said}`);
}
