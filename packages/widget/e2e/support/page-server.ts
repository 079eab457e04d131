import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

async function bundled(file: string): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'iife', target: 'es2022', write: false, globalName: 'ChatKitElementModule', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' } });
  return outputFiles[0]?.text ?? '';
}

/** As the bundler of an app does it: what is loaded later is a file of its own. */
async function helperFiles(): Promise<[string, { type: string; body: string }][]> {
  const entry = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: { widget: entry }, bundle: true, splitting: true, format: 'esm', target: 'es2022', write: false, outdir: '/' });
  return outputFiles.map(({ path, text }) => [`/${basename(path)}`, { type: 'text/javascript', body: text }]);
}

export interface PageServer {
  port: number;
  /** Files by path; tests may replace them. */
  files: Map<string, { type: string; body: string }>;
  close: () => Promise<void>;
}

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title>
<link rel="icon" href="data:,"></head><body style="margin:0"><h1>Shop</h1><a href="/other.html">Other page</a><div id="chat" style="height:500px"></div></body></html>`;

/** Serves the page, the helper built from its sources, and what stands in for OpenAI's script. */
export async function startPageServer(): Promise<PageServer> {
  const [helper, official, selfHosted, react] = await Promise.all([helperFiles(), bundled('./official-stand-in.ts'), bundled('../../../element/src/index.ts'), bundled('./react-page.tsx')]);
  const files: PageServer['files'] = new Map([
    ['/', { type: 'text/html', body: page }],
    ['/other.html', { type: 'text/html', body: page }],
    ['/flat.html', { type: 'text/html', body: page.replace('height:500px', '') }],
    ...helper,
    ['/react.html', { type: 'text/html', body: page.replace('</body>', '<script src="/react-page.js"></script></body>') }],
    ['/react-page.js', { type: 'text/javascript', body: react }],
    ['/official.js', { type: 'text/javascript', body: official }],
    ['/self-hosted.js', { type: 'text/javascript', body: selfHosted }],
    ['/empty.js', { type: 'text/javascript', body: '' }],
  ]);
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://page').pathname);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    files,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
