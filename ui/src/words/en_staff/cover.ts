// Words of leave and cover.
interface Told {
  away: string;
  by: string;
  people: number;
  first: string;
  last: string;
}
interface Two {
  away: string;
  by: string;
}

export const cover = {
  'cover.title': 'Leave and cover',
  'cover.lead':
    'While a therapist is away, a colleague stands in: sees the records of everybody in their ' +
    'care and gets their signals. It ends by itself after the last day.',
  'cover.none': 'Nobody is away. Before somebody is, name the colleague who stands in.',
  'cover.told': (v: Told) => {
    const days = v.first === v.last ? `on ${v.first}` : `from ${v.first} to ${v.last}`;
    const people = v.people === 1 ? 'one person' : `${v.people} people`;
    return `${v.away} is away ${days}. ${v.by} stands in for ${people}.`;
  },
  'cover.end': 'End it now…',
  'cover.end.title': (v: Two) => `End the cover of ${v.away} by ${v.by}?`,
  'cover.end.text': (v: Two) =>
    `From now on new signals go to ${v.away} again, and ${v.by} no longer opens these records. ` +
    `A signal that is with ${v.by} stays there until it is closed.`,
  'cover.end.do': 'End the cover',
  'cover.ended': (v: Two) => `${v.by} no longer stands in for ${v.away}.`,
  'cover.new': 'Arrange cover',
  'cover.away': 'Who is away',
  'cover.away.missing': 'Choose who is away',
  'cover.by': 'Who stands in',
  'cover.by.hint': 'Agree it with them first. They see these records on those days only.',
  'cover.by.missing': 'Choose who stands in',
  'cover.colleague': (v: { name: string; role: string }) => `${v.name}, ${v.role.toLowerCase()}`,
  'cover.first': 'First day away',
  'cover.first.missing': 'Choose the first day',
  'cover.first.past': 'Choose today or a later day',
  'cover.last': 'Last day away',
  'cover.last.missing': 'Choose the last day',
  'cover.last.before': 'Choose the first day or a later one',
  'cover.do': 'Arrange the cover',
};
