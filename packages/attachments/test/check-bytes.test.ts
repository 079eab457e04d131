import { describe, expect, it } from 'vitest';
import { checkBytes } from '../src/check-bytes.js';
import { archive, docx, docxType, join, pdf, png, text, windowsProgram, xlsxType } from './support/samples.js';

const oggOpus = join(text('OggS'), new Uint8Array(24), text('OpusHead'), new Uint8Array(16));
const xml = text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>');

describe('checkBytes', () => {
  it.each<[string, Uint8Array, string]>([
    ['a picture', png, 'image/png'],
    ['a picture in capitals and with a parameter', png, 'IMAGE/PNG; name=x'],
    ['a document', pdf, 'application/pdf'],
    ['an office document', docx, docxType],
    ['an office document whose archive does not say what it is yet', archive('a', 'b'), docxType],
    ['an archive', archive('a', 'b'), 'application/zip'],
    ['an archive by its other name', archive('a', 'b'), 'application/x-zip-compressed'],
    ['sound by its family', oggOpus, 'audio/ogg'],
    ['text', text('Grüße, 日本語'), 'text/plain'],
    ['text of another encoding', Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65), 'text/csv'],
    ['text in UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'text/plain'],
    ['no bytes at all as text', new Uint8Array(), 'text/plain'],
    ['JSON', text('{}'), 'application/json'],
    ['XML as itself', xml, 'image/svg+xml'],
    ['anything as octets', windowsProgram, 'application/octet-stream'],
    ['a type that has no signature', Uint8Array.of(1, 2, 3), 'application/x-of-the-app'],
  ])('takes %s', async (_name, bytes, type) => {
    await expect(checkBytes(bytes, type)).resolves.toBeUndefined();
  });

  it.each<[string, Uint8Array, string]>([
    ['a program as a picture', windowsProgram, 'image/png'],
    ['a program as text', windowsProgram, 'text/plain'],
    ['a program as JSON', windowsProgram, 'application/json'],
    ['a program as a type without a signature', windowsProgram, 'application/x-of-the-app'],
    ['a page as a picture', text('<script>alert(1)</script>'), 'image/png'],
    ['a picture as another kind of picture', png, 'image/jpeg'],
    ['a picture as text', png, 'text/plain'],
    ['a document as text', pdf, 'text/plain'],
    ['a document of one program as that of another', docx, xlsxType],
    ['text as an office document', text('not a document'), docxType],
    ['an old office document as a new one', text('not a document'), 'application/msword'],
    ['no bytes at all as a picture', new Uint8Array(), 'image/png'],
    ['half a signature', png.subarray(0, 4), 'image/png'],
    ['text with a NUL', text('a\0b'), 'text/plain'],
    ['XML as a picture of dots', xml, 'image/png'],
    ['octets as what is no type', png, 'image'],
  ])('refuses %s', async (_name, bytes, type) => {
    await expect(checkBytes(bytes, type)).rejects.toMatchObject({ status: 415, code: 'file_type_mismatch' });
  });
});
