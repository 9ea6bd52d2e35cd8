// The axe run: WCAG 2.2 AA and good practice, on a page as it stands.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const source = await readFile(path, 'utf8');

/** Each violation in one line; empty when there is none. `within` narrows to a selector. */
export async function violations(page, within) {
  // Over the debugging protocol, so that the page's own policy against script stays as it is.
  await page.evaluate(source);
  return page.evaluate(async (selector) => {
    const report = await window.axe.run(selector ?? document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return report.violations.flatMap((each) =>
      each.nodes.map((node) => `${each.id}: ${each.help}: ${node.target.join(' ')}`),
    );
  }, within);
}

/** What runs out of the window sideways: WCAG 1.4.10, 320 px without loss. */
export async function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? `${wide} px wider than the window` : '';
  });
}

/** Buttons, links and fields that a thumb misses: lower than `least` px (WCAG 2.5.5, 2.5.8). */
export async function smallTargets(page, least) {
  return page.evaluate((size) => {
    const inText = (node) => node.tagName === 'A' && node.closest('p, li, dd, td') !== null;
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter((node) => !inText(node) && node.checkVisibility?.() !== false)
      .map((node) => [node, (node.closest('label') ?? node).getBoundingClientRect()])
      .filter(([, box]) => box.width > 1 && box.height > 1)
      .filter(([, box]) => box.height < size)
      .map(([node, box]) =>
        `${node.tagName} "${(node.textContent || node.getAttribute('aria-label') || '').trim()}" ` +
        `${Math.round(box.width)}x${Math.round(box.height)}`);
  }, least);
}
