import type { JsonObject } from './json.js';
import type { WidgetNode } from './widget.js';

export interface ItemBase {
  id: string;
  thread_id: string;
  created_at?: string | undefined;
}

export type UserMessageContent =
  | { type: 'input_text'; text: string }
  | { type: 'input_tag'; id: string; text: string; data?: JsonObject | undefined; group?: string | undefined; interactive?: boolean | undefined };

export interface InferenceOptions {
  tool_choice?: { id: string } | undefined;
  model?: string | undefined;
}

export interface UploadDescriptor {
  url: string;
  method: 'POST' | 'PUT';
  headers?: Record<string, string> | undefined;
}

export interface Attachment {
  type: 'file' | 'image';
  id: string;
  name: string;
  mime_type: string;
  preview_url?: string | undefined;
  upload_descriptor?: UploadDescriptor | undefined;
}

export interface UserMessageItem extends ItemBase {
  type: 'user_message';
  content: UserMessageContent[];
  attachments: Attachment[];
  quoted_text?: string | undefined;
  inference_options?: InferenceOptions | undefined;
}

interface SourceBase {
  title: string;
  description?: string | undefined;
  timestamp?: string | undefined;
  group?: string | undefined;
}

export interface UrlSource extends SourceBase {
  type: 'url';
  url: string;
  attribution?: string | undefined;
}

export interface FileSource extends SourceBase {
  type: 'file';
  filename: string;
}

export interface EntitySource extends SourceBase {
  type: 'entity';
  id: string;
  icon?: string | undefined;
  label?: string | undefined;
  inline_label?: string | undefined;
  interactive?: boolean | undefined;
  data?: JsonObject | undefined;
}

export type Source = UrlSource | FileSource | EntitySource;

export interface Annotation {
  type: 'annotation';
  source: Source;
  index?: number | undefined;
}

export interface AssistantMessageContent {
  type: 'output_text';
  text: string;
  annotations: Annotation[];
}

export interface AssistantMessageItem extends ItemBase {
  type: 'assistant_message';
  content: AssistantMessageContent[];
}

export interface ClientToolCallItem extends ItemBase {
  type: 'client_tool_call';
  status: 'pending' | 'completed';
  call_id: string;
  name: string;
  arguments: JsonObject;
  output?: unknown;
}

export interface WidgetItem extends ItemBase {
  type: 'widget';
  widget: WidgetNode;
  copy_text?: string | undefined;
}

export interface GeneratedImage {
  id: string;
  url: string;
}

export interface GeneratedImageItem extends ItemBase {
  type: 'generated_image';
  image?: GeneratedImage | undefined;
  /** Kept on the client only: how far the running generation is, 0 to 1. */
  progress?: number | undefined;
}

export interface StructuredAnswer {
  values: string[];
  skipped: boolean;
}

interface StructuredInputBase {
  id: string;
  question: string;
  answer?: StructuredAnswer | undefined;
}

export interface MultipleChoiceInput extends StructuredInputBase {
  type: 'multiple_choice';
  options: { value: string }[];
  multiple?: boolean | undefined;
}

export interface FreeformInput extends StructuredInputBase {
  type: 'freeform';
  description?: string | undefined;
}

export type StructuredInput = MultipleChoiceInput | FreeformInput;

export interface StructuredInputItem extends ItemBase {
  type: 'structured_input';
  status: 'pending' | 'answered' | 'skipped';
  inputs: StructuredInput[];
}

export type TaskStatus = 'none' | 'loading' | 'complete';

interface TaskBase {
  status_indicator?: TaskStatus | undefined;
  title?: string | undefined;
}

export type Task =
  | (TaskBase & { type: 'custom'; icon?: string | undefined; content?: string | undefined })
  | (TaskBase & { type: 'web_search'; title_query?: string | undefined; queries?: string[] | undefined; sources?: UrlSource[] | undefined })
  | (TaskBase & { type: 'thought'; content: string })
  | (TaskBase & { type: 'file'; sources?: FileSource[] | undefined })
  | (TaskBase & { type: 'image' });

export interface TaskItem extends ItemBase {
  type: 'task';
  task: Task;
}

export interface WorkflowSummary {
  title?: string | undefined;
  icon?: string | undefined;
  duration?: number | undefined;
}

export interface Workflow {
  type: 'custom' | 'reasoning';
  tasks: Task[];
  summary?: WorkflowSummary | undefined;
  expanded?: boolean | undefined;
}

export interface WorkflowItem extends ItemBase {
  type: 'workflow';
  workflow: Workflow;
}

export interface EndOfTurnItem extends ItemBase {
  type: 'end_of_turn';
}

export type ThreadItem =
  | UserMessageItem
  | AssistantMessageItem
  | ClientToolCallItem
  | WidgetItem
  | GeneratedImageItem
  | StructuredInputItem
  | TaskItem
  | WorkflowItem
  | EndOfTurnItem;

export type ThreadItemType = ThreadItem['type'];
