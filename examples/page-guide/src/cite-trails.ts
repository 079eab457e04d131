import type { Annotation, TurnEvent } from '@chatkit-selfhost/core';
import { describeTrail, TRAILS, type Trail } from './trails/trails.ts';

/** Puts a source behind the first mention of each trail in a finished answer, whichever model wrote it. Everything else passes unchanged. */
export async function* citeTrails(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent> {
  for await (const event of events) {
    if (event.type !== 'thread.item.done' || event.item.type !== 'assistant_message') {
      yield event;
      continue;
    }
    const content = event.item.content.map((part) => ({ ...part, annotations: [...part.annotations, ...sourcesOf(part.text)] }));
    yield { ...event, item: { ...event.item, content } };
  }
}

function sourcesOf(text: string): Annotation[] {
  return TRAILS.flatMap((trail) => {
    const start = text.indexOf(trail.name);
    return start === -1 ? [] : [{ type: 'annotation' as const, index: start + trail.name.length, source: trailSource(trail) }];
  });
}

/** `interactive`: a click reaches the page's `entities.onClick`. */
function trailSource(trail: Trail): Annotation['source'] {
  return {
    type: 'entity', id: trail.id, title: trail.name, description: describeTrail(trail), icon: 'map-pin', inline_label: `${String(trail.kilometres)} km`, group: 'Trails', interactive: true, data: {},
  };
}
