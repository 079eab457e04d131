import { OpenAIProvider, Runner } from '@openai/agents';
import OpenAI from 'openai';
import { startModelServer, type ModelServer } from '../../src/testing/model-server/index.js';

export type ModelApi = 'responses' | 'chat_completions';

/** A model server and a runner of the real SDK that uses it through the real client. */
export async function startLocalModel(api: ModelApi = 'responses'): Promise<{ server: ModelServer; runner: Runner } & AsyncDisposable> {
  const server = await startModelServer();
  return { server, runner: runnerFor(server, api), [Symbol.asyncDispose]: () => server.close() };
}

export function runnerFor(server: ModelServer, api: ModelApi): Runner {
  const openAIClient = new OpenAI({ baseURL: server.url, apiKey: 'test', maxRetries: 0 });
  return new Runner({ modelProvider: new OpenAIProvider({ openAIClient, useResponses: api === 'responses' }), tracingDisabled: true });
}
