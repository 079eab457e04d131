import { describe, expect, it } from 'vitest';
import { insertMarkers, splitMarkers, withoutMarkers } from '../../src/markdown/citation-markers.js';
import { allowedImage, serverImage } from '../../src/markdown/image-policy.js';
import { parseMarkdown } from '../../src/markdown/parser.js';
import { isSafeLink, parseDeeplink, safeLink } from '../../src/markdown/safe-link.js';
import type { Annotation } from '../../src/protocol/item.js';

describe('links', () => {
  it.each(['https://example.com', 'http://example.com', 'mailto:a@example.com', 'chatkit-link://x', '/relative', '#part'])('%s may be followed', (url) => {
    expect(isSafeLink(url)).toBe(true);
  });

  it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:https://example.com/1', 'intent://x', 'http://['])('%s may not', (url) => {
    expect(safeLink(url)).toBeNull();
  });

  it('to the page are read with their name and values', () => {
    expect(parseDeeplink('chatkit-link://open/order?id=4%202&view=full#x')).toEqual({ name: 'open/order', data: { id: '4 2', view: 'full' } });
    expect(parseDeeplink('chatkit-link://bare')).toEqual({ name: 'bare', data: {} });
    expect(parseDeeplink('chatkit-link://%E0%A4%A')).toEqual({ name: '%E0%A4%A', data: {} });
    expect(parseDeeplink('https://example.com')).toBeNull();
  });

  it('with other schemes stay text in Markdown', () => {
    const inline = parseMarkdown('[a](javascript:x) <b>bold</b>', {})[1];
    expect(inline?.children?.map((token) => token.type)).toEqual(['text']);
  });
});

describe('images', () => {
  const policy = { origins: ['https://app.example', 'https://api.example'], domains: ['images.example', '*.cdn.example'], base: 'https://app.example/page' };

  it.each(['/a.png', 'https://api.example/a.png', 'https://images.example/a.png', 'https://x.cdn.example/a.png', 'https://cdn.example/a.png', 'data:image/png;base64,AA=='])('%s may be loaded', (url) => {
    expect(allowedImage(url, policy)).not.toBeNull();
  });

  it.each(['https://evil.example/a.png', '//evil.example/a.png', 'https://sub.images.example/a.png', 'https://images.example.evil/a.png', 'https://x@images.example/a.png', 'data:image/svg+xml,<svg/>', 'javascript:x', 'http://[', 'ftp://images.example/a'])(
    '%s may not',
    (url) => {
      expect(allowedImage(url, policy)).toBeNull();
    },
  );

  it('named by the server itself may come from any web host, but never run anything', () => {
    expect(serverImage('https://bucket.example/a.png', policy.base)).toBe('https://bucket.example/a.png');
    expect(serverImage('javascript:x', policy.base)).toBeNull();
    expect(serverImage('data:image/svg+xml,<svg/>', policy.base)).toBeNull();
    expect(serverImage(undefined, policy.base)).toBeNull();
  });
});

describe('citation markers', () => {
  const at = (index?: number): Annotation => ({ type: 'annotation', index, source: { type: 'file', title: 't', filename: 'f' } });

  it('stand at their index, in order, and are found again', () => {
    const marked = insertMarkers('One. Two.', [at(9), at(4), at(4), at()]);
    expect(splitMarkers(marked)).toEqual([{ text: 'One.' }, { annotation: 1 }, { annotation: 2 }, { text: ' Two.' }, { annotation: 0 }]);
    expect(withoutMarkers(marked)).toBe('One. Two.');
  });

  it('do not break emphasis beside them', () => {
    const text = '**"Quoted"** rest';
    const tokens = parseMarkdown(insertMarkers(text, [at('**"Quoted"**'.length)]), {})[1]?.children ?? [];
    expect(tokens.map((token) => token.type)).toContain('strong_close');
  });

  it('cannot be forged by the text', () => {
    expect(splitMarkers(insertMarkers('a \uE0000\uE001 b', []))).toEqual([{ text: 'a \uFFFD0\uFFFD b' }]);
  });

  it('beyond the end or before the start are put at the end or left out', () => {
    expect(splitMarkers(insertMarkers('ab', [at(99), at(-1)]))).toEqual([{ text: 'ab' }, { annotation: 0 }]);
  });
});
