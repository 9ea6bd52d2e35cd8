// "Why am I seeing this?" for a signal and for every figure of the glance, in one shape.
import type { Finding, Glance, Signal, Why } from '../../api/types';
import { look, t } from '../../words/index';
import { say, type About } from '../say';

export interface Explanation {
  lead: string;
  inputs: Why['inputs'];
  rule: string;
  uncertainty: string;
  cannotTell: string;
  source: string;
  page?: string; // how it is computed, in full
}

// The words of a figure are found by its name; a key that is not there shows itself.
function words(key: string, values: object = {}): string {
  return look(key, values) ?? key;
}

export function nameOf(input: string): string {
  return look(`input.${input}`, {}) ?? input;
}

export function ofSignal(signal: Pick<Signal, 'reason' | 'why'>, about: About): Explanation {
  const { why } = signal;
  return {
    lead: say(signal.reason, about),
    inputs: why.inputs,
    rule: say(why.rule, about),
    uncertainty: say(why.uncertainty, about),
    cannotTell: say(why.cannot_tell, about),
    source: [why.method, why.source].filter(Boolean).join('. '),
  };
}

export function ofFinding({ says, why, page }: Finding, about: About): Explanation {
  return { ...ofSignal({ reason: says, why }, about), page };
}

export type Figure = 'scores' | 'days' | 'sleep' | 'activity' | 'risk';

export function ofFigure(figure: Figure, glance: Glance): Explanation {
  const { chance } = glance;
  const measure = { title: glance.title };
  const known = chance && figure === 'scores';
  return {
    lead: words(`why.${figure}.lead`, measure),
    inputs: inputsOf(figure, glance),
    rule: known
      ? t('why.scores.rule.chance', { points: chance.points })
      : words(`why.${figure}.rule`),
    uncertainty:
      figure === 'scores' && !chance ? t('why.scores.unknown') : words(`why.${figure}.uncertainty`),
    cannotTell: words(`why.${figure}.cannotTell`),
    source: known
      ? t('why.scores.source', { ...measure, source: chance.source })
      : words(`why.${figure === 'scores' ? 'scores.plain' : figure}.source`, measure),
  };
}

function inputsOf(figure: Figure, glance: Glance): Why['inputs'] {
  if (figure === 'scores') {
    return glance.scores.slice(-6).map(({ at, total }) => ({
      name: glance.title,
      value: total ?? t('chart.table.none'),
      at,
    }));
  }
  if (figure === 'risk') {
    return glance.risk_answers.map(({ at, value }) => ({
      name: t('glance.item9'),
      value: value ?? t('glance.leftOut'),
      at,
    }));
  }
  if (figure === 'sleep') {
    return glance.sleep.map(({ day, hours }) => ({
      name: t('glance.hours'),
      value: hours,
      at: day,
    }));
  }
  if (figure === 'activity') {
    return glance.activity.map(({ day, count }) => ({
      name: t('glance.activities'),
      value: count,
      at: day,
    }));
  }
  return [{ name: t('why.days.input'), value: glance.days.length }];
}
