import { expect, it } from 'vitest';
import { matchRoute } from '../../src/http/routes.js';

it.each([
  ['POST', '/session', { name: 'session.create' }], ['DELETE', '/session', { name: 'session.end' }], ['POST', '/session/renew', { name: 'session.renew' }],
  ['POST', '/session/fork', { name: 'session.fork' }], ['POST', '/session/close', { name: 'session.close' }], ['POST', '/chat', { name: 'chat' }],
  ['POST', '/chat/stream', { name: 'chat.stream' }], ['GET', '/history', { name: 'history' }], ['POST', '/chatkit/', { name: 'chatkit' }],
  ['GET', '/runs', { name: 'runs.active' }], ['GET', '/runs/run_1-a/events', { name: 'runs.events', runId: 'run_1-a' }], ['POST', '/runs/run_1/cancel', { name: 'runs.cancel', runId: 'run_1' }],
  ['GET', '/healthz', { name: 'healthz' }], ['GET', '/readyz', { name: 'readyz' }],
])('%s %s has a route', (method, path, route) => {
  expect(matchRoute(method, path)).toEqual({ found: true, route });
});

it.each([
  ['GET', '/chat', ['POST']], ['PUT', '/session', ['POST', 'DELETE']], ['POST', '/runs/run_1/events', ['GET']], ['GET', '/runs/run_1/cancel', ['POST']],
  ['GET', '/', []], ['GET', '/nope', []], ['POST', '/toString', []], ['GET', '/runs/a%2Fb/events', []], ['GET', `/runs/${'x'.repeat(129)}/events`, []], ['GET', '/runs/run_1', []],
])('%s %s has none; the methods there are %j', (method, path, allow) => {
  expect(matchRoute(method, path)).toEqual({ found: false, allow });
});
