type Bag = Record<string, unknown>;

export interface Translated {
  options: Bag;
  /** One line for each option that does not exist. */
  notes: string[];
}

/**
 * Options that are passed on from page to page and that ChatKit does not have: used as what they were meant to be where there is such a
 * thing, named where there is not.
 */
export function translateCopiedOptions(given: Bag): Translated {
  const notes: string[] = [];
  const options: Bag = { ...given };
  if (isBag(given['theme'])) options['theme'] = theme(given['theme'], notes);
  if (isBag(given['header'])) options['header'] = header(given['header'], notes);
  if (isBag(given['composer'])) options['composer'] = composer(given['composer'], notes);
  if (isBag(given['startScreen'])) options['startScreen'] = startScreen(given['startScreen'], notes);
  if (isBag(given['disclaimer']) && 'position' in given['disclaimer']) {
    const { position: _position, ...disclaimer } = given['disclaimer'];
    options['disclaimer'] = disclaimer;
    notes.push('disclaimer.position: left out; the disclaimer is always below the composer.');
  }
  return { options, notes };
}

function theme({ accentColor, ...known }: Bag, notes: string[]): Bag {
  if (typeof accentColor !== 'string') return known;
  notes.push('theme.accentColor: used as theme.color.accent = { primary, level }.');
  const color = isBag(known['color']) ? known['color'] : {};
  return { ...known, color: { accent: { primary: accentColor, level: 1 }, ...color } };
}

function header({ icons, showTitle, ...known }: Bag, notes: string[]): Bag {
  const { title } = known;
  const header: Bag = { ...known };
  if (typeof title === 'string') {
    notes.push('header.title as a string: used as header.title = { text }.');
    header['title'] = { text: title };
  }
  if (showTitle !== undefined) {
    notes.push('header.showTitle: used as header.title = { enabled }.');
    header['title'] = { ...(isBag(header['title']) ? header['title'] : {}), enabled: showTitle !== false };
  }
  if (icons !== undefined) {
    const actions = (Array.isArray(icons) ? icons : []).filter((icon) => isBag(icon) && typeof icon['icon'] === 'string' && typeof icon['onClick'] === 'function') as Bag[];
    const [right, left] = actions;
    if (right) header['rightAction'] ??= right;
    if (left) header['leftAction'] ??= left;
    notes.push(`header.icons: ${actions.length > 0 ? 'used as' : 'left out; write'} header.leftAction and header.rightAction = { icon, onClick }.`);
  }
  return header;
}

function composer({ allowAttachments, ...known }: Bag, notes: string[]): Bag {
  if (allowAttachments === undefined) return known;
  notes.push('composer.allowAttachments: used as composer.attachments = { enabled }.');
  return { attachments: { enabled: allowAttachments === true }, ...known };
}

function startScreen(known: Bag, notes: string[]): Bag {
  const { prompts } = known;
  if (!Array.isArray(prompts) || !prompts.some((prompt) => isBag(prompt) && 'text' in prompt)) return known;
  notes.push('startScreen.prompts[].text: used as prompts[].label and prompts[].prompt.');
  return {
    ...known,
    prompts: prompts.map((prompt: unknown) => {
      if (!isBag(prompt) || !('text' in prompt)) return prompt;
      const { text, ...rest } = prompt;
      return { label: text, prompt: text, ...rest };
    }),
  };
}

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
