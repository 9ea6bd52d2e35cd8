import type { Example } from '../../examples/example';
import Offers from './Offers.svelte';

const all = ['safety_plan', 'small_step', 'tell_therapist'];
const ontell = () => undefined;
const hours = 'on weekdays, 9 am to 5 pm';
export const component = Offers;
export const examples: Example[] = [
  {
    title: 'All three, with an own step',
    props: { offers: all, reader: 'Dr Lee', hours, ownStep: 'sit by the window', ontell },
  },
  { title: 'Told', props: { offers: all, reader: 'Dr Lee', told: true, ontell } },
  { title: 'Nobody reads', props: { offers: all, ontell } },
];
