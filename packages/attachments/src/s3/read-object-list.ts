export interface ListedObject {
  key: string;
  size: number;
  lastModified: Date;
}

export interface ObjectList {
  objects: ListedObject[];
  /** Absent: this is the last page. */
  next?: string | undefined;
}

/** What is needed of an answer to ListObjectsV2 with `encoding-type=url`. */
export function readObjectList(xml: string): ObjectList {
  const objects = Array.from(xml.matchAll(/<Contents>(.*?)<\/Contents>/gs), ([, contents = '']) => ({
    key: decodeURIComponent((textOf(contents, 'Key') ?? '').replaceAll('+', ' ')),
    size: Number(textOf(contents, 'Size') ?? 0),
    lastModified: new Date(textOf(contents, 'LastModified') ?? Number.NaN),
  }));
  return { objects, next: textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : undefined };
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function textOf(xml: string, element: string): string | undefined {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return found?.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([0-9a-f]+));/gi, (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    return String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
  });
}
