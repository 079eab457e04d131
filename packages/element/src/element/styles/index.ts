import { baseStyles } from './base.js';
import { composerStyles } from './composer.js';
import { controlStyles } from './controls.js';
import { itemStyles } from './items.js';
import { layoutStyles } from './layout.js';
import { menuStyles } from './menus.js';
import { proseStyles } from './prose.js';
import { threadStyles } from './thread.js';
import { toneStyles } from './tones.js';
import { widgetStyles } from './widgets.js';

export const elementStyles = [baseStyles, layoutStyles, threadStyles, proseStyles, itemStyles, widgetStyles, toneStyles, controlStyles, composerStyles, menuStyles];
