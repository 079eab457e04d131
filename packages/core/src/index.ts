// ChatKit server
export { createChatKit } from './engine/create-chatkit.js';
export type { ApprovalOptions, ChatKitLimits, ChatKitServer, ChatKitServerOptions, InferTurn, Responder, TypesOf } from './engine/options.js';
export type { AppTypes, ContextOf, MaybePromise, Turn } from './app-types.js';
export type { Json } from './json.js';
export type { InputOf, OutputOf, Schema } from './standard-schema.js';
export type { Logger } from './engine/engine.js';
export type { CorsOptions } from './http/cors.js';
export type { HttpResponse } from './http/http-response.js';

// The turn: what responders, tools and actions are given
export type { ApprovalWidget, NewItem, Trigger, TurnEvent, TurnHandle, TurnInfo, TurnOutput, WorkflowHandle } from './engine/turn.js';

// Widget actions
export { defineActions, type ActionDefinition, type ActionEvent, type ActionHandlers, type ActionMap, type Actions } from './engine/actions.js';

// Structured replies
export { defineResponseTypes } from './response/response-types.js';
export type { Reply, ResponseType, ResponseTypeNames, ResponseTypesOf, SchemaMap, SchemaOf } from './response/response-types.js';
export { InvalidReplyError, ResponseParser, type ParsedReply, type RejectedReply, type ResponseParserOptions } from './response/response-parser.js';

// Model input: the context builder
export { asMessages } from './model-input/as-messages.js';
export { recentMessages, type RecentMessagesOptions } from './model-input/recent-messages.js';
export { summarizing, type SummarizingOptions } from './model-input/summarizing.js';
export { tokenBudget, type TokenBudgetOptions } from './model-input/token-budget.js';
export type { ItemConverters, Tag } from './model-input/convert-items.js';
export type { InputPart, ModelInputItem, OutputPart } from './model-input/model-input-item.js';
export type { ModelInputHistory, ModelInputStrategy } from './model-input/strategy.js';

// Sessions
export { SessionManager } from './session/session-manager.js';
export type { IssuedSession, SessionManagerOptions, SessionMessage, SessionOptions } from './session/session-manager.js';

// Attachments
export type { AttachmentOf, UploadBegun, Uploads } from './engine/uploads.js';

// Dictation
export { openaiTranscription, type OpenAITranscriptionOptions, type TranscriptionClient } from './transcription/openai-transcription.js';

// The simple API
export type { ChatResponseBody } from './chat/chat-response.js';

// Stores: the contract of the parts
export type { Store, StorePart, OwnerScope, PageQuery } from './store/index.js';
export type { ThreadStore, ThreadUpdate, ThreadWrite, ThreadWriteResult, TurnBegin, TurnBegun, TurnEnd } from './store/index.js';
export type { NewSession, SessionRecord, SessionStore } from './store/index.js';
export type { HistoryQuery, HistoryStore, NewTurnRecord, TurnOutcome, TurnRecord } from './store/index.js';
export type { Lease, RecoveredRun, RunAppend, RunEnd, RunEvent, RunRecord, RunStart, RunStarted, RunStore } from './store/index.js';

// Stores: what every implementation needs
export { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT, pageLimit, sanitizeJson, sanitizeText, newId, randomHex, ID_PREFIXES, type IdKind } from './store/index.js';

// Errors
export { ChatKitError, type ChatKitErrorOptions } from './errors/chatkit-error.js';
export { StoreUnavailableError } from './errors/store-unavailable-error.js';
export { safeToLog } from './errors/safe-to-log.js';

// The wire: requests
export { chatKitRequestSchema, structuredInputSubmissionSchema, userMessageInputSchema } from './protocol/request.js';
export type { ChatKitRequest, JsonRequest, RequestOf, StreamingRequest, StructuredInputSubmission, UserMessageInput } from './protocol/request.js';
export { JSON_OPERATIONS, STREAMING_OPERATIONS, isOperation, isStreamingOperation } from './protocol/operations.js';
export type { JsonOperation, Operation, StreamingOperation } from './protocol/operations.js';
export { parseChatKitRequest } from './protocol/parse-chatkit-request.js';
export type { ParsedChatKitRequest, RequestProblem } from './protocol/parse-chatkit-request.js';

// The wire: stream events
export {
  clientEffectSchema, noticeSchema, progressSchema, streamErrorSchema, streamOptionsSchema, threadStreamEventSchema,
} from './protocol/stream-event.js';
export type { ClientEffect, Notice, Progress, StreamError, StreamErrorCode, StreamOptions, ThreadStreamEvent } from './protocol/stream-event.js';
export { threadItemUpdateSchema } from './protocol/item-update.js';
export type { ThreadItemUpdate } from './protocol/item-update.js';

// The wire: threads and items
export { threadSchema, threadStatusSchema } from './protocol/thread.js';
export type { Thread, ThreadStatus } from './protocol/thread.js';
export { isHiddenItemType, itemSchemas, threadItemSchema } from './protocol/item.js';
export type { Item, ItemType, ThreadItem } from './protocol/item.js';
export { pageSchema } from './protocol/page.js';
export type { Page } from './protocol/page.js';

// The wire: what items are made of
export { assistantMessageContentSchema, inferenceOptionsSchema, userMessageContentSchema } from './protocol/content.js';
export type { AssistantMessageContent, InferenceOptions, UserMessageContent } from './protocol/content.js';
export { attachmentSchema, uploadDescriptorSchema } from './protocol/attachment.js';
export type { Attachment, UploadDescriptor } from './protocol/attachment.js';
export { annotationSchema, entitySourceSchema, fileSourceSchema, sourceSchema, urlSourceSchema } from './protocol/source.js';
export type { Annotation, EntitySource, FileSource, Source, UrlSource } from './protocol/source.js';
export { taskSchema, workflowSchema, workflowSummarySchema } from './protocol/workflow.js';
export type { Task, Workflow, WorkflowSummary } from './protocol/workflow.js';
export { structuredInputAnswerSchema, structuredInputSchema } from './protocol/structured-input.js';
export type { StructuredInput, StructuredInputAnswer } from './protocol/structured-input.js';
export { actionConfigSchema, actionSchema } from './protocol/action.js';
export type { Action, ActionConfig } from './protocol/action.js';
export { BUILT_IN_ICONS, iconNameSchema, isIconName } from './protocol/icon-name.js';
export type { IconName } from './protocol/icon-name.js';

// The wire: date-times
export { dateTimeSchema, parseDateTime } from './protocol/date-time.js';

// The wire: reading what is stored, writing what is sent
export { readAttachment, readThread, readThreadItem } from './protocol/read-stored.js';
export { serializeAttachment, serializeEvent, serializeItem, serializePage, serializeThread } from './protocol/serialize.js';
export { attachmentToWire } from './protocol/wire/attachment.js';
export { itemToWire } from './protocol/wire/item.js';
export { pageToWire } from './protocol/wire/page.js';
export { eventToWire } from './protocol/wire/stream-event.js';
export { threadToWire } from './protocol/wire/thread.js';

// The wire: widgets: As they travel: opaque
export { widgetComponentSchema, widgetRootSchema } from './protocol/widget/node.js';
export { stripNulls } from './protocol/widget/strip-nulls.js';

// The wire: widgets: Roots
export { basicSchema, cardSchema, listViewSchema, strictWidgetRootSchema } from './protocol/widget/roots.js';
export type { BasicRoot, WidgetRoot } from './protocol/widget/roots.js';

// The wire: widgets: Containers, and the union of all components
export {
  boxSchema, colSchema, formSchema, listViewItemSchema, rowSchema, strictWidgetComponentSchema, tableCellSchema,
  tableRowSchema, tableSchema, transitionSchema,
} from './protocol/widget/containers.js';
export type { WidgetComponent } from './protocol/widget/containers.js';

// The wire: widgets: Text and content
export { captionSchema, editableSchema, labelSchema, markdownSchema, textSchema, titleSchema } from './protocol/widget/text.js';
export type { Editable, TextComponent } from './protocol/widget/text.js';
export { badgeSchema, dividerSchema, iconSchema, imageSchema, spacerSchema } from './protocol/widget/content.js';
export { chartSchema, chartSeriesSchema } from './protocol/widget/chart.js';
export type { ChartSeries, CurveType } from './protocol/widget/chart.js';

// The wire: widgets: Controls
export {
  buttonSchema, checkboxSchema, datePickerSchema, inputSchema, radioGroupSchema, selectSchema, textareaSchema,
} from './protocol/widget/controls.js';

// The wire: widgets: Values
export type { Alignment, Border, Borders, CaptionSize, CardAction, ControlSize, ControlVariant, GutterSize, IconSize, Justification, RadiusValue, Spacing, TextAlign, TextSize, ThemeColor, TitleSize, Weight, WidgetStatus } from './protocol/widget/values.js';

// Widgets: builders (each name is the function and the type of what it makes), change and growth
export {
  Badge, Basic, Box, Button, Caption, Card, Chart, Checkbox, Col, DatePicker, Divider, Form, Icon, Image, Input, Label, ListView, ListViewItem,
  Markdown, RadioGroup, Row, Select, Spacer, Table, TableCell, TableRow, Text, Textarea, Title, Transition,
} from './widgets/index.js';
export { diffWidget, streamTextInto, streamWidget } from './widgets/index.js';
export type { ContainerBuilder, LeafBuilder, StreamWidgetOptions, WidgetStreamEvent, WidgetUpdate } from './widgets/index.js';
