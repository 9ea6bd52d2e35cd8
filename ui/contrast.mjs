// Checks src/tokens.css: every pair of roles that meets on a screen keeps its WCAG minimum, in both
// themes, and the two dark blocks are alike. Run: node contrast.mjs
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('./src/tokens.css', import.meta.url), 'utf8');
const colours = (text) => Object.fromEntries(
  [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]),
);
const block = (selector) => css.slice(css.indexOf(selector + ' {')).split('}')[0];
const light = colours(block(':root'));
const dark = colours(block(':root[data-theme="dark"]'));
const darkBySystem = colours(block(':root:not([data-theme="light"])'));

const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const luminance = (hex) => [1, 3, 5].map((i) => linear(parseInt(hex.slice(i, i + 2), 16) / 255))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

// [foreground, background, minimum]
const pairs = [
  ['ink', 'paper', 7], ['ink-2', 'paper', 7], ['ink-3', 'paper', 4.5], ['accent', 'paper', 4.5],
  ['attend', 'paper', 4.5], ['safety', 'paper', 4.5], ['private', 'paper', 4.5],
  ['line-strong', 'paper', 3], ['focus', 'paper', 3], ['ink', 'card', 7], ['ink-2', 'card', 7],
  ['ink-3', 'card', 4.5], ['accent', 'card', 4.5], ['attend', 'card', 4.5],
  ['safety', 'card', 4.5], ['private', 'card', 4.5], ['line-strong', 'card', 3],
  ['focus', 'card', 3], ['ink', 'sunken', 7], ['ink-2', 'sunken', 7], ['ink-3', 'sunken', 4.5],
  ['accent', 'sunken', 4.5], ['attend', 'sunken', 4.5], ['safety', 'sunken', 4.5],
  ['private', 'sunken', 4.5], ['line-strong', 'sunken', 3], ['focus', 'sunken', 3],
  ['accent-ink', 'accent', 4.5], ['accent-ink', 'accent-hover', 4.5], ['ink', 'accent-tint', 7],
  ['ink-2', 'accent-tint', 4.5], ['accent', 'accent-tint', 4.5], ['ink', 'attend-tint', 7],
  ['attend', 'attend-tint', 4.5], ['ink', 'safety-tint', 7], ['safety', 'safety-tint', 4.5],
  ['ink', 'private-tint', 7], ['private', 'private-tint', 4.5], ['ink-2', 'expected', 4.5],
  ['data-1', 'paper', 3], ['data-1', 'card', 3], ['data-2', 'paper', 3], ['data-2', 'card', 3],
  ['data-3', 'paper', 3], ['data-3', 'card', 3], ['data-4', 'paper', 3], ['data-4', 'card', 3],
  ['data-5', 'paper', 3], ['data-5', 'card', 3], ['data-1', 'band-1', 3],
  ['ink-2', 'band-1', 4.5], ['data-1', 'band-2', 3], ['ink-2', 'band-2', 4.5],
  ['data-1', 'band-3', 3], ['ink-2', 'band-3', 4.5], ['data-1', 'band-4', 3],
  ['ink-2', 'band-4', 4.5], ['data-1', 'band-5', 3], ['ink-2', 'band-5', 4.5],
  ['data-1', 'expected', 3], ['seq-4', 'card', 3], ['seq-5', 'card', 3], ['seq-6', 'card', 3],
];

const faults = [];
for (const [theme, roles] of [['light', light], ['dark', dark]]) {
  for (const [front, back, least] of pairs) {
    const found = contrast(roles[front], roles[back]);
    if (!(found >= least)) {
      faults.push(`${theme}: ${front} on ${back} is ${found.toFixed(2)}, needs ${least}`);
    }
  }
}
if (JSON.stringify(dark) !== JSON.stringify(darkBySystem)) {
  faults.push('the two dark blocks differ');
}
if (Object.keys(dark).length !== Object.keys(light).length) {
  faults.push('light and dark hold different roles');
}
const fine = `${pairs.length * 2} pairs hold, both dark blocks alike`;
console.log(faults.length ? faults.join('\n') : fine);
process.exitCode = faults.length ? 1 : 0;
