import type { ModelPart } from './annotations.js';

/** An output item of the Responses API, as far as it is read. */
export interface ResponseItem {
  type: string;
  id?: string | undefined;
  content?: readonly ModelPart[] | undefined;
  result?: string | null | undefined;
  output_format?: string | null | undefined;
}

interface PartPlace {
  item_id: string;
  content_index: number;
}

interface SummaryPlace {
  item_id: string;
  summary_index: number;
}

/** The stream events of the Responses API that something is made of. They arrive unchecked: servers other than OpenAI's speak this API too. */
export type ResponseEvent =
  | { type: 'response.output_item.added' | 'response.output_item.done'; item: ResponseItem }
  | ({ type: 'response.content_part.added'; part: ModelPart } & PartPlace)
  | ({ type: 'response.output_text.delta' | 'response.refusal.delta'; delta: string } & PartPlace)
  | ({ type: 'response.output_text.done'; text: string } & PartPlace)
  | ({ type: 'response.refusal.done'; refusal: string } & PartPlace)
  | ({ type: 'response.output_text.annotation.added'; annotation: unknown } & PartPlace)
  | ({ type: 'response.reasoning_summary_text.delta'; delta: string } & SummaryPlace)
  | ({ type: 'response.reasoning_summary_text.done'; text: string } & SummaryPlace)
  | { type: 'response.image_generation_call.partial_image'; item_id: string; partial_image_b64: string; partial_image_index: number; output_format?: string | undefined };
