// Where words stand on a chart of scores, so that they hide no score. Pixels.

export interface Spot {
  x: number;
  y: number;
}
export interface Label extends Spot {
  text: string;
  anchor?: 'middle' | 'end'; // which part of the words x is; their start if absent
}
export type Place = Omit<Label, 'text'>;

const half = 50; // about half the width of a few words

/** Of these places for a few words, one at least, that which is farthest from any dot. */
export function quietest(places: Place[], dots: Spot[]): Place {
  const room = ({ x, y, anchor }: Place): number => {
    const middle = anchor === 'end' ? x - half : x + half;
    const gaps = dots.map((dot) =>
      Math.hypot(Math.max(0, Math.abs(dot.x - middle) - half), dot.y - (y - 4)),
    );
    return Math.min(...gaps, Infinity);
  };
  return places.reduce((best, place) => (room(place) > room(best) ? place : best));
}

/** Both ends of a line across the plot. */
export function atEnds(y: number, left: number, right: number): Place[] {
  return [
    { x: left + 14, y },
    { x: right - 14, y, anchor: 'end' },
  ];
}

const above = -11;
const below = 21;

/** The figures of the first and the last dot: on the side that the line does not come from. */
export function endLabels(dots: (Spot & { total: number })[], bottom: number): Label[] {
  const label = (dot: Spot & { total: number }, beside: Spot | undefined): Label => {
    // Under the plot stand the dates.
    const under = beside && beside.y <= dot.y && dot.y + below < bottom;
    return { x: dot.x + 1, y: dot.y + (under ? below : above), text: `${dot.total}` };
  };
  const [first, last] = [dots[0], dots.at(-1)];
  if (!first || !last) return [];
  if (first === last) return [label(first, undefined)];
  const end = label(last, dots.at(-2));
  return [label(first, dots[1]), { ...end, x: last.x - 1, anchor: 'end' }];
}
