import '../base.css';
import { mount } from 'svelte';
import { answerTo } from '../../dev/answer';
import { meOf, service } from '../../dev/common_routes';
import { problem } from '../../dev/route';
import { applyLanguage, applyTheme } from '../session/appearance';
import { session } from '../session/session.svelte';
import { caseload } from '../staff/caseload/caseload.svelte';
import { enStaff } from '../words/en_staff';
import { addWords } from '../words/index';
import Alone from './Alone.svelte';
import type { ScreenExample } from './example';
import Examples from './Examples.svelte';
import { screens } from './folders';

/** From here on the fixtures answer, and what the example says instead. */
function answerFetches({ as: email, answers = {} }: ScreenExample): void {
  window.fetch = async (input, init = {}) => {
    const url = new URL(String(input), location.origin);
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : {};
    const method = init.method ?? 'GET';
    const { status, body: said } =
      answers[url.pathname] ??
      answerTo({ method, url, body, email }) ??
      problem(404, `no fixture for ${url.pathname}`);
    return new Response(said === undefined ? null : JSON.stringify(said), { status });
  };
}

applyLanguage();
applyTheme();
addWords(enStaff);
const target = document.getElementById('app')!;
const asked = new URLSearchParams(location.search);
const folder = screens.find((each) => each.name === asked.get('screen'));
const example = folder?.examples[Number(asked.get('example'))];
if (folder && example) {
  const shown = { as: 'lee@example.org', ...example };
  answerFetches(shown);
  session.me = meOf(shown.as);
  session.service = service;
  void caseload.load();
  const props = { screen: folder.screen, props: shown.props ?? {}, bare: shown.bare ?? false };
  mount(Alone, { target, props });
} else {
  answerFetches({ title: 'Components', as: 'lee@example.org' });
  mount(Examples, { target });
}
