import type { Entity } from '@openai/chatkit';
import type { EntitySource } from '../protocol/item.js';
import type { ViewContext } from './view-context.js';

/** Pointer and keyboard behaviour of anything that stands for an entity. */
export interface EntityHandlers {
  enter: (event: Event) => void;
  leave: () => void;
  click: () => void;
}

export function entityHandlers(entity: Entity, view: ViewContext, description?: string): EntityHandlers {
  const { onClick, onRequestPreview } = view.options.raw.entities ?? {};
  return {
    enter: (event) => {
      view.preview.open(event.currentTarget as Element, () => view.preview.entityContent(entity, onRequestPreview, description));
    },
    leave: () => view.preview.close(),
    click: () => {
      if (entity.interactive) onClick?.(entity);
    },
  };
}

/** The entity a source stands for, in the shape the page's callbacks take. */
export function entityOfSource(source: EntitySource): Entity {
  return {
    id: source.id,
    title: source.title,
    ...(source.icon === undefined ? {} : { icon: source.icon }),
    ...(source.group === undefined ? {} : { group: source.group }),
    interactive: source.interactive === true,
    data: (source.data ?? {}) as Record<string, string>,
  };
}
