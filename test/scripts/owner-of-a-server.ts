/** Starts a server as the tests do, reports its process id and folder, and waits to be ended. */
import { mkdtempSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../scripts/services/find-free-port.ts';
import { startSupervised } from '../../scripts/services/supervised-process.ts';

const port = await findFreePort();
const folder = mkdtempSync(join(tmpdir(), 'chatkit-supervised-'));
const program = `const server = require('node:net').createServer((socket) => socket.end(String(process.pid))); server.listen(${port}, '127.0.0.1');`;
const answer = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('data', (data) => resolve(data.toString()));
    socket.once('error', reject);
  });

let pid = '';
const server = await startSupervised({ command: process.execPath, args: ['--eval', program], folder, stopSignal: 'SIGTERM' }, async () => (pid = await answer()) !== '');
process.on('message', () => void server.stop().then(() => process.disconnect()));
process.send?.({ pid: Number(pid), folder });
