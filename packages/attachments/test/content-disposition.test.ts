import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCharacter } from '../../core/src/testing/any-character.js';
import { contentDisposition } from '../src/content-disposition.js';

describe('contentDisposition', () => {
  it.each([
    ['report.pdf', 'attachment; filename="report.pdf"'],
    ['Grüße 🙂.txt', `attachment; filename="Gr__e _.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%F0%9F%99%82.txt`],
    ['a"b.txt', `attachment; filename="a_b.txt"; filename*=UTF-8''a%22b.txt`],
    ["it's (100%)*.txt", `attachment; filename="it's (100_)*.txt"; filename*=UTF-8''it%27s%20%28100%25%29%2A.txt`],
    ['../../etc/passwd', 'attachment; filename=".._.._etc_passwd"'],
    ['C:\\windows\\x.exe', 'attachment; filename="C__windows_x.exe"'],
    ['a\r\nSet-Cookie: b=c\0.txt', 'attachment; filename="aSet-Cookie_ b=c.txt"'],
    ['gpj.\u202Eexe', 'attachment; filename="gpj.exe"'],
    ['', 'attachment; filename="file"'],
    ['..', 'attachment; filename="file"'],
    ['\0', 'attachment; filename="file"'],
  ])('writes %j as %s', (name, expected) => {
    expect(contentDisposition('attachment', name)).toBe(expected);
  });

  it('keeps a long name short', () => {
    expect(contentDisposition('inline', 'x'.repeat(10_000)).length).toBeLessThan(250);
  });

  it('is a header that can be set, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter(fc) }), (name) => {
        const header = contentDisposition('attachment', name);
        expect(header).toMatch(/^attachment; filename="[^"\\]+"(; filename\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+)?$/);
        expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header);
      }),
    );
  });
});
