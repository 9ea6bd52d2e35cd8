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

/**
 * Words that one cannot read: cut off at an edge that does not scroll, without an ellipsis, or
 * lying over other words. What stays at its place while the page scrolls lies over it on purpose,
 * and the labels of a drawing have tests of their own.
 */
export async function unreadable(page) {
  return page.evaluate(() => {
    const slack = { cut: 2, wide: 3, high: 5 }; // px; lines of a heading touch
    const seen = [];
    const found = [];
    const holds = (style) => ['fixed', 'sticky'].includes(style.position);
    function cutBy(node, box) {
      for (let at = node; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (holds(style)) return 'stays';
        const hidden = style.clipPath === 'inset(50%)'; // words for screen readers
        if (style.textOverflow === 'ellipsis' || hidden) return 'meant';
        if (['auto', 'scroll'].includes(style.overflowX)) return 'scrolls';
        const edge = at.getBoundingClientRect();
        const out = box.left < edge.left - slack.cut || box.right > edge.right + slack.cut;
        if (['hidden', 'clip'].includes(style.overflowX) && out) return 'cut';
      }
      return box.left < -slack.cut || box.right > innerWidth + slack.cut ? 'cut' : '';
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const node = text.parentElement;
      const words = text.data.trim();
      if (!words || node.closest('svg, script, style, option, .vh')) continue;
      if (!node.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue;
        const state = cutBy(node, box);
        if (state === 'cut') found.push(`"${words.slice(0, 40)}" is cut off`);
        if (!state) seen.push({ words, node, box });
      }
    }
    for (const [i, a] of seen.entries()) {
      for (const b of seen.slice(i + 1)) {
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (a.node === b.node || wide <= slack.wide || high <= slack.high) continue;
        found.push(`"${a.words.slice(0, 40)}" and "${b.words.slice(0, 40)}" overlap`);
      }
    }
    return [...new Set(found)];
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
