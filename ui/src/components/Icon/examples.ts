import type { Example } from '../../examples/example';
import Icon from './Icon.svelte';
import { drawings, type IconName } from './drawings';

export const component = Icon;
export const examples: Example<{ name: IconName; size?: number }>[] = (
  Object.keys(drawings) as IconName[]
).map((name) => ({ title: name, props: { name, size: 24 } }));
