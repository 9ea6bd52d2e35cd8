// Debian's Chromium, with an empty profile, and the windows that the journeys use.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const phone = { width: 390, height: 844 };
export const narrow = { width: 320, height: 640 };
export const desktop = { width: 1440, height: 900 };

export async function openBrowser() {
  return chromium.launch({ executablePath, headless: true, args });
}

/** Words of the browser's own fault about the network; a test goes offline on purpose. */
const ownWords = /net::ERR_|the server responded with a status of/;

/**
 * A page in a window of its own. What goes wrong in its script, or breaks the policy of the page,
 * or leaves the server, is kept in page.faults, which a journey ends by finding empty.
 */
export async function openPage(browser, base, viewport, options = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
    isMobile: viewport.width < 700,
    hasTouch: viewport.width < 700,
    ...options,
  });
  const page = await context.newPage();
  await watch(page, base);
  return page;
}

/** Runs in the page: counts what it has asked for and not got yet. */
function countFetches() {
  window.fetching = 0;
  const fetch = window.fetch;
  window.fetch = async (...words) => {
    ++window.fetching;
    try {
      return await fetch(...words);
    } finally {
      --window.fetching;
    }
  };
}

export async function watch(page, base) {
  // Long, for a machine that does much else; a journey that waits for nothing ends no later.
  page.setDefaultTimeout(30_000);
  await page.addInitScript(countFetches);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !ownWords.test(message.text())) {
      page.faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about|tel):/.test(url)) {
      page.faults.push(`a request to elsewhere: ${url}`);
    }
  });
}

/** A browser whose storage outlives its windows, for closing a tab and opening it again. */
export async function openProfile(base, viewport) {
  const profile = await mkdtemp(join(tmpdir(), 'evenkeel-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args,
    baseURL: base,
    viewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
    isMobile: true,
    hasTouch: true,
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
