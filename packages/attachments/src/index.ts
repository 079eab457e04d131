// Bytes on disk
export { diskUploads, type DiskUploads, type DiskUploadsOptions } from './disk/disk-uploads.js';

// Bytes in an S3-compatible bucket
export { s3Uploads, type S3Uploads, type S3UploadsOptions } from './s3/s3-uploads.js';
export { presignS3Url, type PresignUrlOptions } from './s3/presign-s3-url.js';
export { presignS3Post, type PresignPostOptions, type PresignedPost } from './s3/presign-s3-post.js';
export type { S3Credentials } from './s3/signing-key.js';
export type { S3Location } from './s3/s3-address.js';

// What is taken
export { DEFAULT_ACCEPT, type FileRulesOptions } from './file-rules.js';
export type { OwnerQuota } from './owner-quota.js';
