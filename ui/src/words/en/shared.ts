// Words of the frame: header, sign-in, states that any screen can be in.

export const shared = {
  'app.name': 'Evenkeel',
  'app.toToday': 'Evenkeel, to Today',
  'app.skip': 'Go to the main part',
  'app.back': 'Back',
  'app.hide': 'Hide',
  'app.hideRest': ' quickly',
  'app.helpNow': 'Get help now',
  'app.main': 'Main',

  'state.starting': 'Opening.',
  'state.slow': 'Still fetching. You can go on meanwhile.',
  'state.offline': 'No network. What you write is saved on this phone and will be sent later.',
  'state.offlineShort': 'No network.',
  'state.endsAt': (v: { time: string }) =>
    `You will be signed out at ${v.time}. What you write is kept.`,
  'state.unreachable': 'We cannot reach the service right now.',
  'state.unreachable.do': 'Check your network and try again. Help works without it.',
  'state.again': 'Try again',
  'state.error': 'This did not work.',
  'state.error.safe': 'What you wrote is still here.',
  'state.error.code': (v: { code: string }) => `Code ${v.code}.`,
  'state.asOf': (v: { time: string }) => `Data until ${v.time}`,
  'state.notFound': 'This page is not here.',
  'state.notFound.do': 'The address may be old, or it may not be yours to open.',
  'state.toStart': 'Go to the first page',

  'fault.title': (v: { n: number }) =>
    v.n === 1 ? 'One thing to look at' : `${v.n} things to look at`,

  'signIn.title': 'Sign in',
  'signIn.email': 'Email',
  'signIn.password': 'Password',
  'signIn.show': 'Show',
  'signIn.hide': 'Hide',
  'signIn.showLong': 'Show the password',
  'signIn.hideLong': 'Hide the password',
  'signIn.code': '6-digit code',
  'signIn.code.hint': 'From the app on your phone that makes codes. You can paste it.',
  'signIn.mine': 'This device is mine',
  'signIn.mine.hint':
    'Your safety plan then works here without a network. Leave it off if you share.',
  'signIn.do': 'Sign in',
  'signIn.trouble': 'I cannot sign in',
  'signIn.trouble.text':
    'Ask your service for a new invitation. You can do that by phone or in person.',
  'signIn.start': 'I have no account: where to start',
  'signIn.email.missing': 'Write your email',
  'signIn.password.missing': 'Write your password',
  'signIn.code.missing': 'Write the 6-digit code',
  'signIn.refused': 'The email or the password does not fit. Look at both and try again.',
  'signIn.code.refused': 'This code does not fit. Wait for the next one and try again.',
  'signIn.tooMany': 'Too many tries. Wait some minutes and try again.',
  'signIn.noNetwork': 'No network. Signing in needs one. Help works without it.',
  'signIn.local': (v: { service: string }) =>
    `${v.service}. This service runs on our own machines.`,
  'signIn.expired': 'Please sign in again',
  'signIn.expired.text': 'You were away for a while. What you wrote is still here.',
};
