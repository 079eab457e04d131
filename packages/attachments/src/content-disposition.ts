const MAX_NAME_CHARS = 200;

/** RFC 6266: the name in ASCII for old clients, and as RFC 8187 has it. Nothing of a name can end the header or leave a folder. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const safe = safeFileName(name);
  const ascii = safe.replace(/[^\x20-\x7e]|["%\\]/gu, '_');
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"${ascii === safe ? '' : `; filename*=UTF-8''${encoded}`}`;
}

/** Controls, path separators and marks that turn the direction of text around are left out. */
function safeFileName(name: string): string {
  // Control characters are what this is about.
  // eslint-disable-next-line no-control-regex
  const cleaned = name.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '').replace(/[/\\:]/g, '_').trim();
  const short = [...cleaned].slice(0, MAX_NAME_CHARS).join('');
  return /^\.*$/.test(short) ? 'file' : short;
}
