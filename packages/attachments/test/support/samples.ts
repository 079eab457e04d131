/** A picture of one pixel. */
export const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (character) => character.charCodeAt(0));

export const pdf = text('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

export const windowsProgram = Uint8Array.of(0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0xff, 0xff, 0x00, 0x00);

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The beginning of a Word document: an archive whose first entry names what is in it. */
export const docx = archive('[Content_Types].xml', `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${docxType}.main+xml"/></Types>`);

export function text(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

/** A zip archive with one entry, not compressed. */
export function archive(name: string, content: string): Uint8Array<ArrayBuffer> {
  const [nameBytes, data] = [text(name), text(content)];
  const entry = new DataView(new ArrayBuffer(30));
  entry.setUint32(0, 0x04034b50, true);
  entry.setUint16(4, 20, true);
  entry.setUint32(18, data.length, true);
  entry.setUint32(22, data.length, true);
  entry.setUint16(26, nameBytes.length, true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  return join(new Uint8Array(entry.buffer), nameBytes, data, new Uint8Array(end.buffer));
}

export function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
