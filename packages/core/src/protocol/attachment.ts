import * as z from 'zod';
import { defaulted, freeFormObjectSchema, optional } from './lenient.js';

/** Where and how the client uploads the bytes (two-phase upload). */
export const uploadDescriptorSchema = z.object({
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
  z.object({ type: z.literal('file'), ...attachmentFields }),
  z.object({ type: z.literal('image'), ...attachmentFields, preview_url: z.string() }),
]);
export type Attachment = z.output<typeof attachmentSchema>;
