// Goal: the path is the code: three finder patterns at their corners, and nothing outside.
import { describe, expect, it } from 'vitest';
import { squares } from './squares';

const uri = 'otpauth://totp/Evenkeel:lee@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Evenkeel';

describe('the squares of a QR code', () => {
  const { count, path } = squares(uri);
  it('has a size that the standard knows', () => {
    expect((count - 17) % 4).toBe(0);
    expect(count).toBeGreaterThanOrEqual(21);
  });
  it('begins the first row with the two upper finder patterns', () => {
    expect(path.startsWith('M0 0h7v1h-7z')).toBe(true);
    expect(path).toContain(`M${count - 7} 0h7v1h-7z`);
    expect(path).toContain(`M0 ${count - 1}h7v1h-7z`);
  });
  it('stays inside its side and differs with its text', () => {
    for (const [, x, y, w] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(count);
      expect(Number(y)).toBeLessThan(count);
    }
    expect(squares(`${uri}&digits=6`).path).not.toBe(path);
  });
});
