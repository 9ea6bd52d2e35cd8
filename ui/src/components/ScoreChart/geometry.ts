// Where everything of a score chart stands. Pure: numbers in, numbers out.
//
// The true limits of the scale, a true time axis, every answer a dot, a gap stays a gap by the rule
// of CourseChart, so that a person and the therapist see the same line.
// "Could be chance": the scores that differ from the first by less than the reliable change.
import type { Course } from '../../api/types';

export type Data = Pick<Course, 'min' | 'max' | 'bands' | 'chance' | 'scores' | 'direction'>;

export interface Box {
  width: number;
  height: number;
  left: number;
  right: number; // room for the names of the bands
  top: number;
  bottom: number;
}

export interface Dot {
  x: number;
  y: number;
  total: number;
  at: number; // ms
}

export function roomFor(width: number): Box {
  return {
    width,
    height: Math.round(Math.min(320, Math.max(230, width * 0.72))),
    left: 26,
    right: width < 320 ? 74 : 84,
    top: 10,
    bottom: 30,
  };
}

export function scaleY({ min, max }: Data, box: Box): (value: number) => number {
  const room = box.height - box.top - box.bottom;
  return (value) => round(box.top + room * (1 - (value - min) / (max - min)));
}

export function scaleX(from: number, to: number, box: Box): (time: number) => number {
  const room = box.width - box.left - box.right;
  const span = Math.max(1, to - from);
  return (time) => round(box.left + (room * (time - from)) / span);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The whole scores that could be chance, seen from the first one; absent where not known. */
export function chanceRange(data: Data, first?: number): { low: number; high: number } | undefined {
  if (!data.chance || first === undefined) return undefined;
  const { points } = data.chance;
  const low = Math.max(data.min, Math.floor(first - points) + 1);
  const high = Math.min(data.max, Math.ceil(first + points) - 1);
  return low <= high ? { low, high } : undefined;
}

/** The same as a band on the chart: half a point beyond, but never beyond the scale. */
export function chanceBand(data: Data, first?: number): { low: number; high: number } | undefined {
  const range = chanceRange(data, first);
  if (!range) return undefined;
  return {
    low: Math.max(data.min, range.low - 0.5),
    high: Math.min(data.max, range.high + 0.5),
  };
}

/** Which of the five near-paper tints: darker is more severe. */
export function tintOf(index: number, count: number, direction: Data['direction']): number {
  const share = count > 1 ? index / (count - 1) : 0;
  const severe = direction === 'lower_is_better' ? share : 1 - share;
  return 1 + Math.round(severe * 4);
}

/** The edge between two bands is drawn where the upper one begins. */
export function bandEdges(data: Data): { name: string; from: number; to: number }[] {
  return data.bands.map((band, i) => ({
    name: band.name,
    from: i === 0 ? data.min : band.from,
    to: data.bands[i + 1]?.from ?? data.max,
  }));
}

/** A label stands on the side of its dot that the line does not come from. */
export function labelSide(dot: Dot, neighbour?: Dot): 'above' | 'below' {
  if (!neighbour) return 'above';
  return neighbour.y <= dot.y ? 'below' : 'above';
}

export interface Place {
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

/** The corner of the band of chance in which its name is farthest from any dot. */
export function chanceLabel(dots: Dot[], band: { top: number; bottom: number }, box: Box): Place {
  const half = 50; // px, about half the width of the words
  const [left, right] = [box.left + 14, box.width - box.right - 14];
  const rows = band.bottom - band.top > 44 ? [band.top + 15, band.bottom - 8] : [band.top + 15];
  const corners = rows.flatMap((y): Place[] => [
    { x: left, y, anchor: 'start' },
    { x: right, y, anchor: 'end' },
  ]);
  const room = ({ x, y, anchor }: Place) => {
    const middle = anchor === 'start' ? x + half : x - half;
    const gaps = dots.map((dot) => {
      return Math.hypot(Math.max(0, Math.abs(dot.x - middle) - half), dot.y - (y - 4));
    });
    return Math.min(...gaps, Infinity);
  };
  return corners.reduce((best, corner) => (room(corner) > room(best) ? corner : best));
}

export interface Tick {
  x: number;
  time: number;
}

/** The first and the last moment, and between them as many as have room. */
export function timeTicks(from: number, to: number, box: Box): Tick[] {
  const x = scaleX(from, to, box);
  const room = box.width - box.left - box.right;
  const between = Math.max(0, Math.floor(room / 110) - 1);
  const count = between + 1;
  return Array.from({ length: count + 1 }, (_, i) => {
    const time = from + ((to - from) * i) / count;
    return { time, x: x(time) };
  });
}
