// Where a new check-in starts: who sees it. Chosen once in More, changed on every check-in.
import type { Id } from '../api/types';
import { Draft } from '../offline/draft';

export type Visibility = 'me' | 'care_team';

export function usualVisibility(account: Id, isRead: boolean): Visibility {
  const chosen = new Draft<Visibility>(account, 'visible').read();
  if (chosen === 'me' || chosen === 'care_team') return chosen;
  return isRead ? 'care_team' : 'me';
}

export function chooseUsualVisibility(account: Id, visible: Visibility): void {
  void new Draft<Visibility>(account, 'visible').write(visible);
}
