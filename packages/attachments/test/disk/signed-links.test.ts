import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedLinks, type Link } from '../../src/disk/signed-links.js';

const [secret, other] = ['s'.repeat(32), 'o'.repeat(32)];
const link: Link = { purpose: 'preview', owner: 'a'.repeat(64), id: 'atc_1', expires: 1_900_000_000 };

const read = (written: string, { method = 'GET', by = secret }: { method?: string; by?: string | string[] } = {}): Promise<Link | null> => {
  const { pathname, searchParams } = new URL(written, 'https://x.example');
  return signedLinks(by).read({ method, path: pathname, query: searchParams });
};

describe('signedLinks', () => {
  it('reads what it wrote', async () => {
    expect(await read(await signedLinks(secret).write(link))).toEqual(link);
  });

  it('reads links of an earlier secret, and signs with the newest', async () => {
    const old = await signedLinks(secret).write(link);
    expect(await read(old, { by: [other, secret] })).toEqual(link);
    expect(await read(await signedLinks([other, secret]).write(link), { by: other })).toEqual(link);
    expect(await read(old, { by: other })).toBeNull();
  });

  it.each<[Link['purpose'], string[]]>([['upload', ['PUT']], ['preview', ['GET', 'HEAD']], ['download', ['GET', 'HEAD']]])('lets a link for %s be used by %s alone', async (purpose, allowed) => {
    const written = await signedLinks(secret).write({ ...link, purpose });
    for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'get']) {
      expect([method, (await read(written, { method })) !== null]).toEqual([method, allowed.includes(method)]);
    }
  });

  it.each([
    ['the owner', (written: string) => written.replace('aaaa', 'aaab')],
    ['the id', (written: string) => written.replace('atc_1', 'atc_2')],
    ['the time', (written: string) => written.replace('1900000000', '1900000001')],
    ['the time, written another way', (written: string) => written.replace('1900000000', '01900000000')],
    ['the purpose', (written: string) => written.replace('for=preview', 'for=download')],
    ['the purpose, to one that objects have', (written: string) => written.replace('for=preview', 'for=constructor')],
    ['the signature', (written: string) => written.replace(/signature=(.)/, (_all, first: string) => `signature=${first === 'A' ? 'B' : 'A'}`)],
    ['the signature, to none', (written: string) => written.replace(/signature=.*/, 'signature=')],
    ['the parameters, by a second time', (written: string) => `${written}&expires=1900000000`],
    ['the path', (written: string) => written.replace('/atc_1', '/x/../atc_1/.')],
  ])('refuses a link that was changed in %s', async (_part, change) => {
    const written = await signedLinks(secret).write(link);
    const changed = change(written);
    expect(changed).not.toBe(written);
    expect(await read(changed)).toBeNull();
  });

  it('refuses a signature that differs in any bit', async () => {
    const written = await signedLinks(secret).write(link);
    const signature = new URL(written, 'https://x.example').searchParams.get('signature') ?? '';
    const bytes = Buffer.from(signature, 'base64url');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 255 }), async (bit) => {
        const forged = Buffer.from(bytes);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await read(written.replace(signature, forged.toString('base64url')))).toBeNull();
      }),
      { numRuns: 64 },
    );
  });

  it('wants a secret that can not be guessed', () => {
    expect(() => signedLinks('short')).toThrow(TypeError);
    expect(() => signedLinks([])).toThrow(TypeError);
    expect(() => signedLinks([secret, 'short'])).toThrow(TypeError);
  });
});
