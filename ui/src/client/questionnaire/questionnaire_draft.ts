import type { Id, Instant } from '../../api/types';
import { Draft } from '../../offline/draft';
import type { Given } from './safety';

// A questionnaire that was begun. The questions are about a stretch of days, so answers that are
// older than three days are not mixed with new ones.
export interface QuestionnaireDraft {
  at: Instant; // of the last answer
  given: Given;
  extra?: number | null;
  sent?: Id; // already with the service, because an answer could not wait
}

const longest = 3 * 86_400_000; // ms

export function questionnaireDraft(account: Id, instrument: string): Draft<QuestionnaireDraft> {
  return new Draft<QuestionnaireDraft>(account, `answers.${instrument}`);
}

export function readFresh(draft: Draft<QuestionnaireDraft>, now: Date): QuestionnaireDraft {
  const found = draft.read();
  if (found && now.getTime() - new Date(found.at).getTime() < longest) return found;
  draft.drop();
  return { at: now.toISOString(), given: {} };
}

export function answeredSoFar(account: Id, instrument: string): number {
  const { given } = readFresh(questionnaireDraft(account, instrument), new Date());
  return Object.values(given).filter((value) => value !== null).length;
}
