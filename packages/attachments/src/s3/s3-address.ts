export interface S3Location {
  bucket: string;
  /** Such as `eu-central-1`; many other services take `us-east-1` or `auto`. */
  region: string;
  /** Address of a service other than Amazon's: `https://<account>.r2.cloudflarestorage.com`, `http://localhost:9000`. */
  endpoint?: string | undefined;
  /** The bucket in the path instead of the host's name. Default false; true is what most self-hosted services need. */
  forcePathStyle?: boolean | undefined;
}

export interface S3Address {
  /** `https://host:port` */
  origin: string;
  host: string;
  /** What comes before an object's key: `/`, or `/<bucket>/`. */
  path: string;
  /** The bucket itself: `/`, or `/<bucket>`. */
  bucketPath: string;
}

/** Where a bucket is, by the rules of the official SDK. */
export function s3Address({ bucket, region, endpoint, forcePathStyle = false }: S3Location): S3Address {
  const base = new URL(endpoint ?? `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
  const isPlain = base.protocol === 'http:';
  const inHost = !forcePathStyle && !isIpAddress(base.hostname) && isHostLabel(bucket, isPlain);
  const host = inHost ? `${bucket}.${base.host}` : base.host;
  const folder = base.pathname.replace(/\/$/, '');
  const bucketPath = inHost ? folder : `${folder}/${escapeUri(bucket)}`;
  return { origin: `${base.protocol}//${host}`, host, path: `${bucketPath}/`, bucketPath: bucketPath === '' ? '/' : bucketPath };
}

/** A certificate for `*.host` covers no dots, so they are only possible without TLS. */
function isHostLabel(bucket: string, withDots: boolean): boolean {
  if (bucket.length < 3 || bucket.length > 63 || isIpAddress(bucket)) return false;
  const labels = withDots ? bucket.split('.') : [bucket];
  return labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
}

function isIpAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.startsWith('[');
}

/** RFC 3986: all but unreserved characters. */
export function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function escapePath(path: string): string {
  return path.split('/').map(escapeUri).join('/');
}
