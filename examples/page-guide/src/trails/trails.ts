export interface Trail {
  id: string;
  name: string;
  kilometres: number;
  /** Metres of ascent. */
  ascent: number;
  text: string;
}

/** What the page shows, and what the guide knows: one list for both. */
export const TRAILS: readonly Trail[] = [
  { id: 'lake-loop', name: 'Lake Loop', kilometres: 7.5, ascent: 120, text: 'A quiet path around the upper lake. The eastern shore floods in April; boards lead across.' },
  { id: 'mill-path', name: 'Mill Path', kilometres: 4, ascent: 60, text: 'Follows the old mill race past three wheels, one of which still turns. Fit for prams.' },
  { id: 'ridge-way', name: 'Ridge Way', kilometres: 14, ascent: 890, text: 'The long one: over the ridge with a view of both valleys. The last spring is at the chapel.' },
  { id: 'quarry-steps', name: 'Quarry Steps', kilometres: 2.5, ascent: 210, text: 'Four hundred steps down into the slate quarry and up again. Closed when it freezes.' },
];

export function findTrail(id: string): Trail | undefined {
  return TRAILS.find((trail) => trail.id === id);
}

/** Trails whose names are in a text, in the order of the list. */
export function trailsIn(text: string): Trail[] {
  const lower = text.toLowerCase();
  return TRAILS.filter((trail) => lower.includes(trail.name.toLowerCase()));
}

const KILOMETRES_PER_HOUR = 4;
const ASCENT_PER_HOUR = 400;

/** Walking time, to the quarter. */
export function hoursOf({ kilometres, ascent }: Trail): number {
  return Math.round((kilometres / KILOMETRES_PER_HOUR + ascent / ASCENT_PER_HOUR) * 4) / 4;
}

export function describeTrail(trail: Trail): string {
  return `${trail.name}: ${String(trail.kilometres)} km, ${String(trail.ascent)} m up, about ${String(hoursOf(trail))} hours. ${trail.text}`;
}
