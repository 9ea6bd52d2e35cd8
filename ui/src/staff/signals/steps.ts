// The last time a signal took a step of one kind.
import type { Signal } from '../../api/types';

type Step = Signal['steps'][number];

export function lastStep(signal: Signal, kind: Step['step']): Step | undefined {
  return signal.steps.filter((each) => each.step === kind).at(-1);
}
