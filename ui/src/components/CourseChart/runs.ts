// Which scores may be joined by a line: a gap stays a gap. A line is broken where an answer was
// left without a score, and where the wait was longer than 1.75 times the usual wait (between
// "one late" and "one left out" of a regular schedule).

export interface Point {
  at: number; // ms
  total: number;
}
export interface Measured {
  at: string;
  total: number | null;
}

const longWait = 1.75;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
}

/** The scores in order of time, cut into runs without a gap. */
export function runs(scores: Measured[]): Point[][] {
  const known = scores
    .map((score) => ({ at: Date.parse(score.at), total: score.total }))
    .sort((a, b) => a.at - b.at);
  const waits = known.slice(1).map((score, i) => score.at - known[i]!.at);
  const longest = waits.length > 1 ? longWait * median(waits) : Infinity;
  const found: Point[][] = [];
  let open = false;
  for (const [i, { at, total }] of known.entries()) {
    if (total === null) {
      open = false;
      continue;
    }
    if (open && waits[i - 1]! <= longest) found.at(-1)!.push({ at, total });
    else found.push([{ at, total }]);
    open = true;
  }
  return found;
}
