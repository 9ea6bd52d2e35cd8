// Which scores may be joined by a line: a gap stays a gap. A line is broken where an answer was
// left without a score, and where the wait was longer than 1.75 times the usual wait (between
// "one late" and "one left out" of a regular schedule). Usual is the median of the waits around
// it, since what is agreed changes: weekly in therapy, every second week in relapse watch.

export interface Point {
  at: number; // ms
  total: number;
}
export interface Measured {
  at: string;
  total?: number; // none: an answer that could not be scored
}

const longWait = 1.75;
const around = 2; // waits before and after that are compared

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
}

/** For each wait between two of these times, in order, whether it is a gap. */
function gaps(times: number[]): boolean[] {
  const waits = times.slice(1).map((at, i) => at - times[i]!);
  // With fewer than two waits there is no usual one to compare with.
  if (waits.length < 2) return waits.map(() => false);
  return waits.map((wait, i) => {
    const near = waits.slice(Math.max(0, i - around), i + around + 1);
    return wait > longWait * median(near);
  });
}

/** The scores in order of time, cut into runs without a gap. */
export function runs(scores: Measured[]): Point[][] {
  const known = scores
    .map(({ at, total }) => ({ at: Date.parse(at), total }))
    .sort((a, b) => a.at - b.at);
  const waited = gaps(known.map((score) => score.at));
  const found: Point[][] = [];
  let open = false;
  for (const [i, { at, total }] of known.entries()) {
    if (total === undefined) {
      open = false;
      continue;
    }
    if (open && !waited[i - 1]) found.at(-1)!.push({ at, total });
    else found.push([{ at, total }]);
    open = true;
  }
  return found;
}
