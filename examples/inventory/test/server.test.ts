import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { StartError } from '../src/start-error.ts';
import { mcpTools } from '../src/tools/tool-runner.ts';

const SERVER = fileURLToPath(new URL('../src/server.ts', import.meta.url));

/** How a start with these settings ends. */
function start(settings: Record<string, string>): Promise<{ code: unknown; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SERVER], { env: { PATH: process.env['PATH'], ...settings } }, (error, _stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stderr: stderr.trim() });
    });
  });
}

describe('a start that is set up wrongly', () => {
  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc"; it has to be a number from 0 to 65535.'],
    [{ PORT: '99999' }, 'PORT is "99999"; it has to be a number from 0 to 65535.'],
    [{ CHATKIT_STORE: 'sqlite' }, 'CHATKIT_STORE is "sqlite"; it can be pglite, memory, postgres or postgres+redis.'],
    [{ CHATKIT_STORE: 'postgres' }, 'Set DATABASE_URL to use this store.'],
  ])('with %j says in one line what to change', async (settings, line) => {
    expect(await start(settings)).toEqual({ code: 1, stderr: line });
  });

  it('of the tools’ own process says so in one line', async () => {
    const failure: unknown = await mcpTools({ PATH: process.env['PATH'], CHATKIT_STORE: 'sqlite' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect((failure as StartError).message).toMatch(/^The MCP server of the tools did not start: [^\n]*$/);
  });
});
