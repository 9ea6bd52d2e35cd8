// Why the page says what it says of the scores: fetched when somebody asks.
export const enWhy = {
  'mine.why.compare': 'We put your first score beside your newest one.',
  'mine.why.first': (v: { total: number; day: string }) => `First: ${v.total}, on ${v.day}.`,
  'mine.why.newest': (v: { total: number; day: string }) => `Newest: ${v.total}, on ${v.day}.`,
  'mine.why.rule': (v: { points: number }) =>
    'A score goes up and down a little, even when nothing has changed. ' +
    `${v.points} points or more is a bigger step than that. We call it more than chance.`,
  'mine.why.noRule':
    'For these questions nobody knows yet how big a step by chance can be. So we do not say.',
  'mine.why.sure':
    'We can be wrong. Of twenty people who have not changed, about one moves that far by chance.',
  'mine.why.cannotTell':
    'A score cannot tell why it changed, or if it will stay so. You know your days best.',
};
