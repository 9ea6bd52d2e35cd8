// What a person does, in the words that the screens show them. Each step ends when the screen says
// that it is done.
import { settled } from './screens.mjs';

/** Taps an answer the way a thumb does: it also goes on. */
async function choose(page, text) {
  await page.getByText(text, { exact: true }).click();
}

/** The four questions of the check-in, then its end, then thanks. */
export async function checkIn(page, answers = ['Low', 'A little', 'Badly', 'A little']) {
  await page.getByRole('link', { name: /^Check in/ }).click();
  for (const [i, answer] of answers.entries()) {
    await page.getByText(`${i + 1} of ${answers.length}`).waitFor();
    await choose(page, answer);
  }
  await page.getByRole('heading', { name: 'That counts. Anything else?' }).waitFor();
  await page.getByRole('button', { name: /^Send to / }).click();
  await page.getByRole('heading', { name: 'Thanks for telling us.' }).waitFor();
}

/** The same without a pointer: Tab, arrows, Enter. */
export async function checkInByKeys(page) {
  await tabTo(page, /^Check in/);
  await page.keyboard.press('Enter');
  for (let i = 1; i <= 4; ++i) {
    await page.getByText(`${i} of 4`).waitFor();
    await tabTo(page, null, 'radio');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, /^Next$/);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('heading', { name: 'That counts. Anything else?' }).waitFor();
  await tabTo(page, /^Send to /);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Thanks for telling us.' }).waitFor();
}

/** Moves the focus with Tab until it stands on a control of that name, kind of field or element. */
export async function tabTo(page, name, type, tag) {
  for (let presses = 0; presses < 80; ++presses) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const node = document.activeElement;
      const box = node?.getBoundingClientRect();
      return {
        name: (node?.getAttribute('aria-label') ?? node?.textContent ?? '').trim(),
        type: node?.getAttribute('type'),
        tag: node?.tagName,
        seen: box !== undefined && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
      };
    });
    if (tag ? here.tag === tag : type ? here.type === type : name.test(here.name)) {
      if (!here.seen) throw new Error(`the focus is outside the window: ${here.name}`);
      return;
    }
  }
  throw new Error(`Tab does not reach ${name ?? type ?? tag}`);
}

/** PHQ-9 with the given answers, 0 to 3; undefined skips. Leaves the last item's screen. */
export async function answerQuestionnaire(page, values) {
  const often = ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'];
  await page.goto('/questionnaire/phq-9');
  await page.getByRole('link', { name: /^(Begin|Go on)$/ }).click();
  for (const [i, value] of values.entries()) {
    await page.waitForURL(`**/questionnaire/phq-9?q=${i + 1}`);
    if (value === undefined) await page.getByRole('button', { name: 'Skip' }).click();
    else await choose(page, often[value]);
  }
}

/** Closes the topmost signal of the page that is open, or of a part of it. */
export async function closeSignal(page, { action, text, judgement }, within = page) {
  await within.getByRole('button', { name: /^Close/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(action, { exact: true }).click();
  await dialog.getByLabel('In a sentence, for the record').fill(text);
  await dialog.getByText(judgement, { exact: true }).click();
  await dialog.getByRole('button', { name: 'Close the signal' }).click();
  await dialog.waitFor({ state: 'detached' });
  await settled(page);
}
