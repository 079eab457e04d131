import type { FontObject } from '@openai/chatkit';

/**
 * Loads the fonts a page names, as faces of the document: shadow roots can't declare
 * their own. Returns what to call when the theme no longer uses them.
 */
export function loadFonts(fonts: readonly FontObject[]): () => void {
  const faces = fonts.map((font) => {
    const descriptors: FontFaceDescriptors = { display: font.display ?? 'swap' };
    if (font.weight !== undefined) descriptors.weight = String(font.weight);
    if (font.style !== undefined) descriptors.style = font.style;
    if (font.unicodeRange !== undefined) descriptors.unicodeRange = font.unicodeRange;
    const face = new FontFace(font.family, `url(${JSON.stringify(new URL(font.src, document.baseURI).href)})`, descriptors);
    document.fonts.add(face);
    return face;
  });
  return () => {
    for (const face of faces) document.fonts.delete(face);
  };
}
