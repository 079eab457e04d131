import { diskUploads } from '@chatkit-selfhost/attachments';
import { createChatKit, type Store } from '@chatkit-selfhost/core';
import { agentResponder } from '@chatkit-selfhost/core/agents';
import { Agent, type Model } from '@openai/agents';

export function createAssistant({ store, model, folder, baseUrl, secret }: { store: Store; model: Model | string; folder: string; baseUrl: string; secret: string }) {
  const uploads = diskUploads({ folder, baseUrl, secret, accept: ['image/*', 'application/pdf', 'text/plain'], maxBytes: 5_000_000 });
  return createChatKit({
    store,
    uploads,
    itemConverters: {
      // Images and PDFs go to the model as they are; text is cheaper as text.
      attachment: async ({ id, name, mime_type: type }, { context }) => {
        const bytes = await uploads.read({ attachmentId: id }, { ownerId: context.ownerId });
        if (!bytes) return { type: 'input_text', text: `[${name} is not available]` };
        if (type === 'text/plain') return { type: 'input_text', text: `${name}:\n${await bytes.text()}` };
        const url = `data:${type};base64,${Buffer.from(await bytes.arrayBuffer()).toString('base64')}`;
        return type.startsWith('image/') ? { type: 'input_image', image: url } : { type: 'input_file', file: url, filename: name };
      },
    },
    respond: agentResponder(new Agent({ name: 'Reader', model, instructions: 'Read the files that come with a message.' })),
  });
}
