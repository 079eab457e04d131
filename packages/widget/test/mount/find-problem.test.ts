import { expect, it } from 'vitest';
import { domainKeyProblem } from '../../src/mount/find-problem.js';

it.each(['localhost', 'app.localhost', '127.0.0.1', '[::1]'])('any key will do on %s', (host) => {
  expect(domainKeyProblem(undefined, host)).toBeNull();
  expect(domainKeyProblem('local-dev', host)).toBeNull();
});

it.each([undefined, '', '  '])('%j is no key on a public host', (key) => {
  expect(domainKeyProblem(key, 'shop.example')).toMatchObject({ code: 'domain_key_missing', name: 'ChatKitMountError' });
});

it.each(['<your key>', 'your-domain-key', 'domain_pk_...', 'domain_pk_xxxx', 'local-dev', 'domain_pk_localhost_dev', 'CHANGEME', 'placeholder', 'domain_pk_'])('%s is a placeholder', (key) => {
  expect(domainKeyProblem(key, 'shop.example')).toMatchObject({ code: 'domain_key_placeholder' });
});

it.each(['domain_pk_68f1c2a4b3', 'dk_live_4f9a'])('%s may be a key', (key) => {
  expect(domainKeyProblem(key, 'shop.example')).toBeNull();
});
