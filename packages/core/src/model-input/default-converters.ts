import type { MaybePromise } from '../app-types.js';
import type { Item, ItemType, StructuredInput, Task } from '../protocol/index.js';
import { attachmentPart } from './attachment-part.js';
import type { ConversionContext, Tag } from './convert-items.js';
import type { InputPart, ModelInputItem } from './model-input-item.js';
import { widgetText } from './widget-text.js';

export type DefaultConverters = { [K in ItemType]: (item: Item<K>, context: ConversionContext, isCurrentMessage: boolean) => MaybePromise<ModelInputItem[]> };

const BYTES_PER_BASE64_CHARACTER = 3 / 4;

const TAG_GUIDE = [
  'Context for the @-mentions in the message above:',
  '- Refer to these by their canonical names, without the @.',
  '- Do not repeat the @ form.',
].join('\n');

/** What each kind of item says to a model, unless the app converts it itself. */
export const defaultConverters: DefaultConverters = {
  user_message: userMessage,
  assistant_message: ({ content }) => [
    { role: 'assistant', status: 'completed', content: content.map(({ text }) => ({ type: 'output_text', text })) },
  ],
  client_tool_call: (item) => {
    // A call that was never answered would dangle.
    if (item.status === 'pending') return [];
    return [
      { type: 'function_call', callId: item.call_id, name: item.name, arguments: JSON.stringify(item.arguments), status: 'completed' },
      { type: 'function_call_result', callId: item.call_id, name: item.name, output: JSON.stringify(item.output ?? null), status: 'completed' },
    ];
  },
  widget: (item) => [userText(widgetText(item))],
  workflow: ({ workflow }) => workflow.tasks.flatMap(taskInput),
  task: ({ task }) => taskInput(task),
  structured_input: ({ status, inputs }) => [
    userText(`The user was asked for input; it is ${status}.\n<StructuredInput>\n${inputs.map(answerLine).join('\n')}\n</StructuredInput>`),
  ],
  hidden_context_item: ({ content }) => {
    if (typeof content === 'string') return [hiddenContext(content)];
    throw new Error('Hidden context that is not a string needs a converter: set itemConverters.hidden_context_item.');
  },
  sdk_hidden_context: ({ content }) => [hiddenContext(content)],
  generated_image: async ({ image }, context) =>
    image ? [{ role: 'user', content: [{ type: 'input_text', text: 'This image was generated for the user.' }, await imagePart(image.url, context)] }] : [],
  end_of_turn: () => [],
};

async function userMessage(item: Item<'user_message'>, context: ConversionContext, isCurrentMessage: boolean): Promise<ModelInputItem[]> {
  const text = item.content.map((part) => (part.type === 'input_text' ? part.text : `@${part.text}`)).join('');
  const attachments = await Promise.all(item.attachments.map((attachment) => attachmentPart(attachment, context, isCurrentMessage)));
  const input: ModelInputItem[] = [{ role: 'user', content: [{ type: 'input_text', text }, ...attachments] }];
  if (item.quoted_text !== undefined && item.quoted_text !== '' && isCurrentMessage) input.push(userText(`The user refers to this in particular:\n${item.quoted_text}`));
  const tags = distinctTags(item);
  if (tags.length > 0) input.push({ role: 'user', content: [{ type: 'input_text', text: TAG_GUIDE }, ...(await tagParts(tags, context))] });
  return input;
}

/** An address costs nothing; the bytes in a data URL count as those of a file do. */
async function imagePart(url: string, { allowance }: ConversionContext): Promise<InputPart> {
  if (!url.startsWith('data:')) return { type: 'input_image', image: url };
  const taken = await allowance.take(async () => ({ size: Math.ceil(url.length * BYTES_PER_BASE64_CHARACTER) }));
  return taken ? { type: 'input_image', image: url } : { type: 'input_text', text: '[The image is no longer shown.]' };
}

function distinctTags(item: Item<'user_message'>): Tag[] {
  const tags = new Map<string, Tag>();
  for (const part of item.content) if (part.type === 'input_tag' && !tags.has(part.text)) tags.set(part.text, part);
  return [...tags.values()];
}

async function tagParts(tags: Tag[], { converters, info }: ConversionContext): Promise<InputPart[]> {
  const { tag: convert } = converters;
  if (!convert) throw new Error('Messages with tags need a converter: set itemConverters.tag.');
  const parts = await Promise.all(tags.map(async (tag) => convert(tag, info)));
  return parts.filter((part) => part !== null);
}

function taskInput(task: Task): ModelInputItem[] {
  if (task.type !== 'custom') return [];
  const body = [task.title, task.content].filter((text) => text !== undefined && text !== '').join(': ');
  return body === '' ? [] : [userText(`The user was shown that this task was performed:\n<Task>\n${body}\n</Task>`)];
}

function answerLine({ question, answer }: StructuredInput): string {
  const text = !answer ? 'unanswered' : answer.skipped ? 'skipped' : answer.values.join(', ');
  return `- ${question}: ${text}`;
}

function hiddenContext(content: string): ModelInputItem {
  return userText(`Context that the user does not see:\n<HiddenContext>\n${content}\n</HiddenContext>`);
}

function userText(text: string): ModelInputItem {
  return { role: 'user', content: [{ type: 'input_text', text }] };
}
