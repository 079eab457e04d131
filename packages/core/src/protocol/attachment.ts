import * as z from 'zod';
import { defaulted, freeFormObjectSchema, optional, wireObject } from './lenient.js';

/** Where and how the client uploads the bytes (two-phase upload). */
export const uploadDescriptorSchema = wireObject({
  url: z.string(),
  method: z.enum(['POST', 'PUT']),
  headers: defaulted(z.record(z.string(), z.string()), () => ({})),
});
export type UploadDescriptor = z.output<typeof uploadDescriptorSchema>;

const attachmentFields = {
  id: z.string(),
  name: z.string(),
  mime_type: z.string(),
  thread_id: optional(z.string()),
  upload_descriptor: optional(uploadDescriptorSchema),
  /** Stored only; never sent. */
  metadata: optional(freeFormObjectSchema),
};

export const attachmentSchema = z.discriminatedUnion('type', [
  wireObject({ type: z.literal('file'), ...attachmentFields }),
  wireObject({ type: z.literal('image'), ...attachmentFields, preview_url: z.string() }),
]);
export type Attachment = z.output<typeof attachmentSchema>;
