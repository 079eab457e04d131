import type { MaybePromise } from '../app-types.js';
import type { Annotation } from '../protocol/index.js';

/** A citation as a model gives it. */
export type Citation =
  | { type: 'url_citation'; url: string; title: string; start_index: number; end_index: number }
  | { type: 'file_citation'; file_id: string; filename: string; index: number }
  | { type: 'container_file_citation'; container_id: string; file_id: string; filename: string; start_index: number; end_index: number }
  | { type: 'file_path'; file_id: string; index: number };

/** How the parts of a model's answer become what is shown. */
export interface ResponseConverters {
  /**
   * Address of a generated image. Default: a data URL, which makes the stored item as large as the image.
   * `id` is the model's and the same for all stages of one image; `partialIndex` is absent for the final one.
   */
  imageUrl?: ((image: { id: string; base64: string; format: string; partialIndex?: number | undefined }) => MaybePromise<string>) | undefined;
  /** How many partial images the model was asked for; makes the progress that is shown with them. */
  partialImages?: number | undefined;
  /** Show every thought as it comes. Default false, as the official server does it: the first of a workflow, later ones when they are complete. */
  streamAllThoughts?: boolean | undefined;
  /** The annotation for a citation; null leaves it out. Default: web pages and files are shown as sources. */
  citation?: ((citation: Citation) => MaybePromise<Annotation | null>) | undefined;
}
