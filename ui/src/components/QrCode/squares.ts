// The dark squares of a QR code as an SVG path, one run of squares at a time. The code itself is
// computed by qrcode-generator (docs/adr): version chosen by length, error correction M.
import qrcode from 'qrcode-generator';

export interface Squares {
  count: number; // modules along one side
  path: string;
}

export function squares(text: string): Squares {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const runs: string[] = [];
  for (let row = 0; row < count; row += 1) {
    let start = -1;
    for (let column = 0; column <= count; column += 1) {
      const dark = column < count && code.isDark(row, column);
      if (dark && start < 0) start = column;
      if (!dark && start >= 0) {
        runs.push(`M${start} ${row}h${column - start}v1h${start - column}z`);
        start = -1;
      }
    }
  }
  return { count, path: runs.join('') };
}
