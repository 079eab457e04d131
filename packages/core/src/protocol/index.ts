// Requests
export { chatKitRequestSchema, structuredInputSubmissionSchema, userMessageInputSchema } from './request.js';
export type { ChatKitRequest, JsonRequest, RequestOf, StreamingRequest, StructuredInputSubmission, UserMessageInput } from './request.js';
export { JSON_OPERATIONS, STREAMING_OPERATIONS, isOperation, isStreamingOperation } from './operations.js';
export type { JsonOperation, Operation, StreamingOperation } from './operations.js';
export { parseChatKitRequest } from './parse-chatkit-request.js';
export type { ParsedChatKitRequest, RequestProblem } from './parse-chatkit-request.js';

// Stream events
export {
  clientEffectSchema, noticeSchema, progressSchema, streamErrorSchema, streamOptionsSchema, threadStreamEventSchema,
} from './stream-event.js';
export type { ClientEffect, Notice, Progress, StreamError, StreamErrorCode, StreamOptions, ThreadStreamEvent } from './stream-event.js';
export { threadItemUpdateSchema } from './item-update.js';
export type { ThreadItemUpdate } from './item-update.js';

// Threads and items
export { threadSchema, threadStatusSchema } from './thread.js';
export type { Thread, ThreadStatus } from './thread.js';
export { isHiddenItemType, itemSchemas, threadItemSchema } from './item.js';
export type { Item, ItemType, ThreadItem } from './item.js';
export { pageSchema } from './page.js';
export type { Page } from './page.js';

// What items are made of
export { assistantMessageContentSchema, inferenceOptionsSchema, userMessageContentSchema } from './content.js';
export type { AssistantMessageContent, InferenceOptions, UserMessageContent } from './content.js';
export { attachmentSchema, uploadDescriptorSchema } from './attachment.js';
export type { Attachment, UploadDescriptor } from './attachment.js';
export { annotationSchema, entitySourceSchema, fileSourceSchema, sourceSchema, urlSourceSchema } from './source.js';
export type { Annotation, EntitySource, FileSource, Source, UrlSource } from './source.js';
export { taskSchema, workflowSchema, workflowSummarySchema } from './workflow.js';
export type { Task, Workflow, WorkflowSummary } from './workflow.js';
export { structuredInputAnswerSchema, structuredInputSchema } from './structured-input.js';
export type { StructuredInput, StructuredInputAnswer } from './structured-input.js';
export { actionConfigSchema, actionSchema } from './action.js';
export type { Action, ActionConfig } from './action.js';
export { BUILT_IN_ICONS, iconNameSchema, isIconName } from './icon-name.js';
export type { IconName } from './icon-name.js';

// Date-times
export { dateTimeSchema, parseDateTime } from './date-time.js';

// Reading what is stored, writing what is sent
export { readAttachment, readThread, readThreadItem } from './read-stored.js';
export { serializeAttachment, serializeEvent, serializeItem, serializePage, serializeThread } from './serialize.js';
export { attachmentToWire } from './wire/attachment.js';
export { itemToWire } from './wire/item.js';
export { pageToWire } from './wire/page.js';
export { eventToWire } from './wire/stream-event.js';
export { threadToWire } from './wire/thread.js';

// Widgets: As they travel: opaque
export { widgetComponentSchema, widgetRootSchema } from './widget/node.js';
export { stripNulls } from './widget/strip-nulls.js';

// Widgets: Roots
export { basicSchema, cardSchema, listViewSchema, strictWidgetRootSchema } from './widget/roots.js';
export type { BasicRoot, Card, ListView, WidgetRoot } from './widget/roots.js';

// Widgets: Containers, and the union of all components
export {
  boxSchema, colSchema, formSchema, listViewItemSchema, rowSchema, strictWidgetComponentSchema, tableCellSchema,
  tableRowSchema, tableSchema, transitionSchema,
} from './widget/containers.js';
export type { Box, Col, Form, ListViewItem, Row, Table, TableCell, TableRow, Transition, WidgetComponent } from './widget/containers.js';

// Widgets: Text and content
export { captionSchema, editableSchema, labelSchema, markdownSchema, textSchema, titleSchema } from './widget/text.js';
export type { Caption, Editable, Label, Markdown, TextComponent, Title } from './widget/text.js';
export { badgeSchema, dividerSchema, iconSchema, imageSchema, spacerSchema } from './widget/content.js';
export type { Badge, Divider, Icon, Image, Spacer } from './widget/content.js';
export { chartSchema, chartSeriesSchema } from './widget/chart.js';
export type { Chart, ChartSeries, CurveType } from './widget/chart.js';

// Widgets: Controls
export {
  buttonSchema, checkboxSchema, datePickerSchema, inputSchema, radioGroupSchema, selectSchema, textareaSchema,
} from './widget/controls.js';
export type { Button, Checkbox, DatePicker, Input, RadioGroup, Select, Textarea } from './widget/controls.js';

// Widgets: Values
export type {
  Alignment, Border, Borders, CaptionSize, CardAction, ControlSize, ControlVariant, GutterSize, IconSize, Justification,
  RadiusValue, Spacing, TextAlign, TextSize, ThemeColor, TitleSize, Weight, WidgetStatus,
} from './widget/values.js';
