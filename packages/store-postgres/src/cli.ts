#!/usr/bin/env node
import { once } from 'node:events';
import { runCommand } from './cli/run-command.js';

// A reader that has enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  write: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  writeError: (text) => process.stderr.write(text),
});
