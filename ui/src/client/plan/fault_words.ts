// The faults of a safety plan in words, by the id of their field.
import type { SafetyPlan } from '../../api/types';
import { t } from '../../words/index';
import { faultsOf } from './edit';

export function faultWords(plan: SafetyPlan): Record<string, string> {
  const words = {
    name: t('edit.name.missing'),
    phone: t('edit.phone.wrong'),
    long: t('edit.long'),
  };
  return Object.fromEntries(faultsOf(plan).map(({ field, kind }) => [field, words[kind]]));
}
