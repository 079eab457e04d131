// The process that is killed: one node whose answers never end. Prints where it is reached.
import { fetchServer, listen } from '../integration/serve.js';
import { openNode, type Backend } from './app.js';

const [backend, name] = process.argv.slice(2);
const { chatkit } = openNode({
  backend: backend as Backend,
  name: name ?? '',
  async *respond({ signal }) {
    yield 'The first half';
    yield ' of an answer.';
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  },
});
const { url } = await listen(fetchServer(chatkit));
process.stdout.write(`${url}\n`);
