export { WidgetTemplate } from './widget-template.js';
export type { WidgetTemplateOptions } from './widget-template.js';
export type { WidgetTemplateDefinition } from './definition.js';
export { WidgetTemplateError } from './widget-template-error.js';
export type { WidgetTemplateProblem } from './widget-template-error.js';
