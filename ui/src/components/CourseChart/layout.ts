// Where each part of a chart of scores goes, in pixels. Pure, so that it can be tested without a
// browser. A true time axis, the scale's true limits, gaps as gaps.
import type { Course } from '../../api/types';
import { runs, type Point } from './runs';

export interface Room {
  width: number;
  height: number;
  compact: boolean; // band names in two lines, no meeting numbers, fewer dates
}
export interface Label {
  x: number;
  y: number;
  text: string;
}
export interface Band {
  y: number;
  height: number;
  shade: number; // 1 to 5
  names: Label[]; // one or two lines
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
  dots: { x: number; y: number; prorated: boolean }[];
  first?: Label;
  last?: Label;
  chance?: { upper?: number; lower?: number; from: number; to: number };
}

type Shown = Pick<
  Course,
  'min' | 'max' | 'bands' | 'chance' | 'scores' | 'meetings' | 'data_until'
>;
const day = 86_400_000;
const round = (value: number): number => Math.round(value * 10) / 10;

export function layOut(course: Shown, room: Room): Layout {
  const left = 28;
  const right = room.width - (room.compact ? 76 : 112);
  const top = room.compact ? 24 : 34;
  const bottom = room.height - (room.compact ? 24 : 50);
  const [start, end] = span(course);
  const until = Date.parse(course.data_until);
  const x = (at: number): number => round(left + ((at - start) / (end - start)) * (right - left));
  const range = course.max - course.min || 1;
  const y = (total: number): number =>
    round(bottom - ((total - course.min) / range) * (bottom - top));
  const pieces = runs(course.scores);
  const points = pieces.flat();
  return {
    left, right, top, bottom,
    bands: bands(course, right, y, room.compact),
    levels: levels(course).map((value) => ({ y: y(value), text: `${value}` })),
    dates: dates(start, end, until, right - left).map((at) => ({ x: x(at), at })),
    meetings: room.compact ? [] : meetings(course, x, [start, end], room.height - 4),
    lines: pieces.filter((piece) => piece.length > 1).map((piece) => path(piece, x, y)),
    dots: points.map((point) => ({
      x: x(point.at),
      y: y(point.total),
      prorated: course.scores.some((s) => s.prorated && Date.parse(s.at) === point.at),
    })),
    ...ends(points, x, y, right),
    ...chance(course, points, y),
  };
}

function span({ scores, meetings, data_until }: Shown): [number, number] {
  const times = [...scores, ...meetings].map((each) => Date.parse(each.at));
  const until = Date.parse(data_until);
  const last = Math.max(...scores.map((score) => Date.parse(score.at)));
  const first = Math.min(...times, last);
  // The axis ends now, so that old news looks old; but a series that ended long ago, as an
  // imported one, keeps at least half of the width.
  const end = Math.max(last, Math.min(until, last + Math.max(60 * day, last - first)));
  if (!Number.isFinite(end)) return [until - 14 * day, until];
  return [Math.min(first, end - 14 * day), end];
}

function levels({ min, max, bands: named }: Shown): number[] {
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

function bands({ bands: named, max }: Shown, right: number, y: (v: number) => number,
  compact: boolean): Band[] {
  // Shades are named by severity: 5 is always the last of the list, whatever its length.
  return named.map((band, i) => {
    const above = named[i + 1]?.from ?? max;
    const upper = y(Math.max(above, band.to));
    const height = round(y(band.from) - y(above));
    const shade = named.length < 2 ? 1 : 1 + Math.round((i * 4) / (named.length - 1));
    const words = compact ? band.name.split(' ') : [band.name];
    const middle = y(above) + height / 2 + 4 - (words.length - 1) * 6;
    const fits = height >= 12 * words.length;
    return {
      y: Math.min(upper, y(above)),
      height,
      shade,
      names: fits
        ? words.map((text, line) => ({ x: right + 7, y: round(middle + line * 12), text }))
        : [],
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

function meetings({ meetings: held }: Shown, x: (at: number) => number,
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

function path(piece: Point[], x: (at: number) => number, y: (v: number) => number): string {
  return `M${piece.map((point) => `${x(point.at)} ${y(point.total)}`).join('L')}`;
}

function ends(points: Point[], x: (at: number) => number, y: (v: number) => number,
  right: number): Pick<Layout, 'first' | 'last'> {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return {};
  const label = (point: Point, shift: number): Label => {
    const above = y(point.total) - 9 > 14;
    return {
      x: Math.min(x(point.at) + shift, right - 2),
      y: y(point.total) + (above ? -9 : 20),
      text: `${point.total}`,
    };
  };
  if (first === last) return { first: label(first, 8) };
  return { first: label(first, 8), last: label(last, -2) };
}

function chance({ chance: threshold, min, max }: Shown, points: Point[],
  y: (v: number) => number): Pick<Layout, 'chance'> {
  const first = points[0];
  if (!threshold || !first) return {};
  const upper = first.total + threshold.points;
  const lower = first.total - threshold.points;
  return {
    chance: {
      ...(upper <= max ? { upper: y(upper) } : {}),
      ...(lower >= min ? { lower: y(lower) } : {}),
      from: y(Math.min(upper, max)),
      to: y(Math.max(lower, min)),
    },
  };
}
