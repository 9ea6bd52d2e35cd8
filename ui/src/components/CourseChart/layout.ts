// Where each part of a chart of scores goes, in pixels. Pure, so that it can be tested without a
// browser. A true time axis, the scale's true limits, gaps as gaps.
import type { Course } from '../../api/types';
import { chanceBand, type Range } from './chance';
import { atEnds, endLabels, quietest, type Label, type Place } from './labels';
import { runs, type Point } from './runs';

export type Charted = Pick<
  Course,
  | 'title' | 'min' | 'max' | 'direction' | 'bands' | 'chance' | 'scores' | 'meetings'
  | 'data_until'
>;
export interface Room {
  width: number;
  height: number;
  narrow: boolean; // band names in two lines, no meeting numbers
  from?: string; // the first moment shown; from the first score on if absent
}
export interface Dot {
  x: number;
  y: number;
  at: number; // ms
  total: number;
  prorated: boolean;
}
export interface Band {
  y: number;
  height: number;
  shade: number; // 1 to 5, darker is more severe
  names: Label[]; // one or two lines
}
export interface Edge {
  y: number;
  side: 'above' | 'below'; // where the band ends
  note: Place; // of what lies beyond
}
export interface Layout {
  left: number;
  right: number;
  top: number;
  bottom: number;
  bands: Band[];
  levels: { y: number; text: string }[];
  dates: { x: number; at: number }[];
  meetings: Label[];
  lines: string[];
  gaps: number;
  dots: Dot[];
  ends: Label[]; // the figures of the first and the last dot
  chance: Chance | undefined;
}
export interface Chance {
  top: number;
  bottom: number;
  edges: Edge[]; // inside the scale: beyond its limits lies nothing
  name: Place | undefined; // where its name has room
}
interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (at: number) => number;
  y: (total: number) => number;
}

const day = 86_400_000;
const round = (value: number): number => Math.round(value * 10) / 10;

export function layOut(course: Charted, room: Room): Layout {
  const [start, end] = span(course, room.from);
  const plot = plotOf(course, room, start, end);
  const known = course.scores.filter((score) => Date.parse(score.at) >= start);
  const prorated = new Set(known.flatMap((s) => (s.prorated ? [Date.parse(s.at)] : [])));
  const pieces = runs(known).map((piece) => piece.map((point) => dotOf(point, plot, prorated)));
  const dots = pieces.flat();
  // What could be chance is seen from the very first score, whatever is shown.
  const first = course.scores.find((score) => score.total !== undefined)?.total;
  const until = Date.parse(course.data_until);
  const { left, right, top, bottom } = plot;
  return {
    left, right, top, bottom,
    bands: bands(course, plot, room.narrow),
    levels: levels(course).map((value) => ({ y: plot.y(value), text: `${value}` })),
    dates: dates(start, end, until, right - left).map((at) => ({ x: plot.x(at), at })),
    meetings: room.narrow ? [] : meetings(course, plot.x, [start, end], room.height - 4),
    lines: pieces.filter((piece) => piece.length > 1).map(path),
    gaps: Math.max(0, pieces.length - 1),
    dots,
    ends: endLabels(dots, bottom),
    chance: chance(chanceBand(course, first), course, plot, dots),
  };
}

function plotOf({ min, max }: Charted, room: Room, start: number, end: number): Plot {
  const left = 28;
  const right = room.width - (!room.narrow ? 112 : room.width < 320 ? 74 : 84);
  const top = 22; // a figure above the highest dot has room
  const bottom = room.height - (room.narrow ? 24 : 50);
  return {
    left, right, top, bottom,
    x: (at) => round(left + ((at - start) / (end - start)) * (right - left)),
    y: (total) => round(bottom - ((total - min) / (max - min || 1)) * (bottom - top)),
  };
}

function span({ scores, meetings, data_until }: Charted, from?: string): [number, number] {
  const until = Date.parse(data_until);
  if (from !== undefined) {
    const start = Date.parse(from);
    return [start, Math.max(until, start + day)];
  }
  const times = [...scores, ...meetings].map((each) => Date.parse(each.at));
  const last = Math.max(...scores.map((score) => Date.parse(score.at)));
  const first = Math.min(...times, last);
  // The axis ends now, so that old news looks old; but a series that ended long ago, as an
  // imported one, keeps at least half of the width.
  const end = Math.max(last, Math.min(until, last + Math.max(60 * day, last - first)));
  if (!Number.isFinite(end)) return [until - 14 * day, until];
  return [Math.min(first, end - 14 * day), end];
}

function dotOf({ at, total }: Point, plot: Plot, prorated: Set<number>): Dot {
  return { x: plot.x(at), y: plot.y(total), at, total, prorated: prorated.has(at) };
}

function levels({ min, max, bands: named }: Charted): number[] {
  const edges = named.map((band) => band.from).filter((from) => from > min && from < max);
  return [min, ...(edges.length > 0 ? edges : roundLevels(min, max)), max];
}

/** For a measure without named bands: round values, none of them close to the limits. */
function roundLevels(min: number, max: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => (max - min) / each <= 8);
  if (step === undefined) return [];
  const count = Math.floor(max / step) - Math.ceil(min / step) + 1;
  return Array.from({ length: count }, (_, i) => (Math.ceil(min / step) + i) * step).filter(
    (level) => level - min >= step / 2 && max - level >= step / 2,
  );
}

/** Which of the five near-paper tints. */
export function shadeOf(index: number, count: number, direction: Course['direction']): number {
  const share = index / Math.max(1, count - 1);
  return 1 + Math.round(4 * (direction === 'lower_is_better' ? share : 1 - share));
}

function bands({ bands: named, min, max, direction }: Charted, { right, y }: Plot,
  narrow: boolean): Band[] {
  // There is no hole between two bands: one ends where the next begins.
  return named.map((band, i) => {
    const upper = y(named[i + 1]?.from ?? max);
    const height = round(y(i === 0 ? min : band.from) - upper);
    const words = narrow && band.name.length > 11 ? band.name.split(' ') : [band.name];
    const middle = upper + height / 2 + 4 - (words.length - 1) * 6.5;
    const names = words.map((text, line) => ({ x: right + 7, y: round(middle + line * 13), text }));
    return {
      y: upper,
      height,
      shade: shadeOf(i, named.length, direction),
      names: height >= 12 * words.length ? names : [],
    };
  });
}

/** Whether the dates under a chart name their year: of a series that ended long ago or is long. */
export function hasYears(start: number, end: number, until: number): boolean {
  return until - end >= 180 * day || end - start >= 330 * day;
}

const steps = [1, 2, 7, 14, 28, 56, 91, 182, 364];

function dates(start: number, end: number, until: number, width: number): number[] {
  // px that a date needs: with a year it is longer, and the first one begins at its tick
  const apart = hasYears(start, end, until) ? 116 : 76;
  const step = steps.find((days) => (width * days * day) / (end - start) >= apart) ?? 728;
  const found = [start];
  for (let at = start + step * day; at < end; at += step * day) {
    if (((end - at) / (end - start)) * width >= apart * 0.8) found.push(at);
  }
  return [...found, end];
}

function meetings({ meetings: held }: Charted, x: (at: number) => number,
  [start, end]: [number, number], y: number): Label[] {
  const known = held.flatMap(({ at, number, outcome }) => {
    const time = Date.parse(at);
    // A meeting to come lies beyond the axis, which ends with what is known.
    const was = time >= start && time <= end && outcome !== 'missed' && outcome !== 'cancelled';
    return was && number !== undefined ? [{ x: x(time), number }] : [];
  });
  // Where two have no room beside each other, some labels will be ranges: keep room for those.
  const single = apart(known.map((each) => `${each.number}`));
  const dense = known.some((each, i) => i > 0 && each.x - known[i - 1]!.x < single);
  const room = dense ? apart(known.map(({ number }) => `${number}–${number}`)) : single;
  const shown: { x: number; first: number; last: number }[] = [];
  for (const { x: place, number } of known) {
    const before = shown.at(-1);
    if (before && place - before.x < room) before.last = number;
    else shown.push({ x: place, first: number, last: number });
  }
  return shown.map(({ x: at, first, last }) => ({
    x: at,
    y,
    text: first === last ? `${first}` : `${first}–${last}`,
  }));
}

/** px between the middles of two labels that do not touch, whichever of these they are. */
function apart(labels: string[]): number {
  return 8 + 7.2 * Math.max(0, ...labels.map((label) => label.length));
}

function path(piece: Dot[]): string {
  return `M${piece.map((dot) => `${dot.x} ${dot.y}`).join('L')}`;
}

function chance(band: Range | undefined, { min, max }: Charted, plot: Plot,
  dots: Dot[]): Chance | undefined {
  if (!band) return undefined;
  const [top, bottom] = [plot.y(band.high), plot.y(band.low)];
  const place = (...rows: number[]): Place =>
    quietest(rows.flatMap((y) => atEnds(y, plot.left, plot.right)), dots);
  const edges: Edge[] = [];
  if (band.high < max) edges.push({ y: top, side: 'above', note: place(top - 5) });
  if (band.low > min) edges.push({ y: bottom, side: 'below', note: place(bottom + 14) });
  const rows = bottom - top > 44 ? [top + 15, bottom - 8] : [top + 15];
  return { top, bottom, edges, name: bottom - top >= 22 ? place(...rows) : undefined };
}
