// Words of the frame around the staff screens, of keys, charts and states.

const numbers = [
  'no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven',
  'twelve',
];
export function inWords(n: number): string {
  return numbers[n] ?? `${n}`;
}
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const frame = {
  'staff.caseload': 'Caseload',
  'staff.signals': 'Signals',
  'staff.invite': 'Invite a client',
  'staff.duties': 'Duties',
  'staff.accounts': 'Accounts',
  'staff.organisation': 'Organisation',
  'staff.mine': 'My settings',
  'staff.helpPage': 'Crisis numbers',
  'staff.signOut': 'Sign out',
  'staff.duty': (v: { until: string }) => `On duty until ${v.until}`,
  'staff.call': 'call',
  'staff.close': 'Close',
  'staff.cancel': 'Cancel',
  'staff.optional': '(may stay empty)',
  'staff.service': 'Service',
  'staff.slow': 'Still fetching.',
  'staff.noNetwork': 'No network. What stands here may be old; nothing was lost.',
  'staff.forbidden': 'This is not open to you.',
  'staff.forbidden.do': 'Ask a manager of your service whether it should be.',
  'staff.notFound.do': 'It may not be there, or it may not be yours to open.',

  'keys.title': 'All keys',
  'keys.next': 'next person',
  'keys.previous': 'previous person',
  'keys.nextPrevious': 'next, previous',
  'keys.open': 'open',
  'keys.seen': 'mark as seen',
  'keys.search': 'find a person',
  'keys.actions': 'actions',
  'keys.all': 'all keys',
  'keys.caseload': 'to the caseload',
  'keys.table': 'scores as a table, or as a chart',
  'keys.why': 'why am I seeing this',
  'keys.close': 'close what is open',
  'keys.enabled': 'Single keys are on',
  'keys.enabled.hint':
    'Turn them off if you dictate, or if you press keys by chance. Enter and Escape always work.',

  'course.title': (v: { title: string }) => `${v.title} over time`,
  'course.description': (v: {
    from: number;
    to: number;
    start: string;
    end: string;
    n: number;
  }) =>
    `From ${v.from} on ${v.start} to ${v.to} on ${v.end}, ` +
    `${v.n} ${v.n === 1 ? 'score' : 'scores'}.`,
  'course.axis.lower': (v: { title: string; min: number; max: number }) =>
    `${v.title} score, ${v.min} to ${v.max}. Lower is better ↓`,
  'course.axis.higher': (v: { title: string; min: number; max: number }) =>
    `${v.title} score, ${v.min} to ${v.max}. Higher is better ↑`,
  'course.axis.lower.short': (v: { title: string }) => `${v.title}. Lower is better ↓`,
  'course.axis.higher.short': (v: { title: string }) => `${v.title}. Higher is better ↑`,
  'course.worse': (v: { sign: string }) => `worse by more than chance ${v.sign}`,
  'course.better': (v: { sign: string }) => `better by more than chance ${v.sign}`,
  'course.chance': (v: { points: number }) =>
    `Hatched: could be chance (less than ${v.points} points).`,
  'course.chance.unknown': 'There is no reliable-change threshold for this measure.',
  'course.gap': 'Gap: no answer.',
  'course.prorated': 'Open dot: items left out, total estimated.',
  'course.meeting': 'meeting',
  'course.asTable': 'As a table',
  'course.asChart': 'As a chart',
  'course.noScores': 'Scores will be here after the first questionnaire.',
  'course.table.day': 'Day',
  'course.table.score': 'Score',
  'course.table.change': 'Since first',
  'course.table.band': 'Severity',
  'course.table.none': 'no score',
  'course.table.prorated': 'estimated from the items answered',

  'days.caption': (v: { weeks: number }) => `Days of the last ${v.weeks} weeks`,
  'days.mon': 'Mon',
  'days.tue': 'Tue',
  'days.wed': 'Wed',
  'days.thu': 'Thu',
  'days.fri': 'Fri',
  'days.sat': 'Sat',
  'days.sun': 'Sun',
  'days.good_enough': 'good enough',
  'days.so_so': 'so-so',
  'days.hard': 'hard',
  'days.today_is_hard': '“today is hard”',
  'days.said': 'no mood given',
  'days.blank': 'nothing said',
  'days.key.blank': 'blank: nothing said',
};
