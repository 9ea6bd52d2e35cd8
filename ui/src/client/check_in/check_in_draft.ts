import type { Day, Id, Instant } from '../../api/types';
import { Draft } from '../../offline/draft';
import type { Visibility } from '../visibility';
import type { CheckInAnswers } from './questions';

// A check-in that was begun. It belongs to the day of its last answer.
export interface CheckInDraft {
  day: Day;
  at: Instant;
  answers: CheckInAnswers;
  visible_to: Visibility;
}

export function checkInDraft(account: Id): Draft<CheckInDraft> {
  return new Draft<CheckInDraft>(account, 'check_in');
}
