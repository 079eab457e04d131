import type { ThreadItem } from './item.js';

export interface Page<T> {
  data: T[];
  has_more?: boolean | undefined;
  after?: string | undefined;
}

export type ThreadStatus =
  | { type: 'active' }
  | { type: 'locked'; reason?: string | undefined }
  | { type: 'closed'; reason?: string | undefined };

export interface Thread {
  id: string;
  created_at?: string | undefined;
  title?: string | undefined;
  status?: ThreadStatus | undefined;
  allowed_image_domains?: string[] | undefined;
  items?: Page<ThreadItem> | undefined;
}
