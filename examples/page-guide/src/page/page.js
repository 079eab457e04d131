import { sessionFetch } from './session.js';
import { markTrail, selection, showTrails } from './trails.js';

const trails = await showTrails(document.querySelector('#trails'));
const entities = trails.map(({ id, name, text }) => ({ id, title: name, icon: 'map-pin', group: 'Trails', interactive: true, data: { text } }));

/** What the guide may ask of the page. It always gets an answer: a tool that throws answers with its error. */
const clientTools = { get_selection: selection };
/** What the guide may do to the page, without an answer. */
const effects = { highlight: ({ trail }) => markTrail(trail) };

/** OpenAI's own element works the same: load its script instead of `/element/chatkit.js`. */
const chat = document.createElement('openai-chatkit');
await customElements.whenDefined('openai-chatkit');
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
chat.setOptions({
  api: { url: new URL('/agent/chatkit', location.href).href, domainKey: 'local-dev', fetch: sessionFetch },
  theme: dark ? { colorScheme: 'dark', color: { accent: { primary: '#86efac', level: 1 } } } : { colorScheme: 'light', color: { accent: { primary: '#166534', level: 1 } } },
  header: { title: { text: 'Trail guide' } },
  startScreen: {
    greeting: 'Where shall we walk?',
    prompts: [
      { label: 'Three hours to spare', prompt: 'I have 3 hours', icon: 'clock' },
      { label: 'Show me Mill Path', prompt: 'Show me Mill Path', icon: 'map-pin' },
      { label: 'What does this mean?', prompt: 'What does this mean?', icon: 'circle-question' },
    ],
  },
  composer: { placeholder: 'Ask, or type @ for a trail' },
  entities: {
    showComposerMenu: true,
    onTagSearch: async (query) => entities.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())),
    onClick: ({ id }) => markTrail(id),
    onRequestPreview: async ({ title, data }) => ({ preview: { type: 'Basic', children: [{ type: 'Title', value: title, size: 'sm' }, { type: 'Text', value: data?.text ?? '' }] } }),
  },
  onClientTool: ({ name, params }) => {
    if (!Object.hasOwn(clientTools, name)) throw new Error(`This page has no tool "${name}".`);
    return clientTools[name](params);
  },
});
chat.addEventListener('chatkit.effect', ({ detail: { name, data } }) => {
  if (Object.hasOwn(effects, name)) effects[name](data ?? {});
});
document.querySelector('#guide').append(chat);
