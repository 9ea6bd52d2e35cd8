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
  'staff.cover': 'Leave and cover',
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
};
