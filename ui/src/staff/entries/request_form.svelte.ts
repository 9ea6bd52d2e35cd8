// A form that changes something of the service: what the server names by a pointer into what was
// sent is shown at the field of that name.
import { Problem } from '../../api/problem';
import { t } from '../../words/index';
import { faultsOf } from './entry_form.svelte';

export class RequestForm {
  faults = $state<Record<string, string>>({});
  busy = $state(false);

  /** `fields`: pointer ("/email") to id of the field. Undefined if it was not sent or refused. */
  async run<T>(fields: Record<string, string>, ask: () => Promise<T>): Promise<T | undefined> {
    if (Object.keys(this.faults).length > 0) return undefined;
    this.busy = true;
    try {
      return await ask();
    } catch (error) {
      this.faults = byField(error, fields);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}

function byField(error: unknown, fields: Record<string, string>): Record<string, string> {
  if (!(error instanceof Problem)) return faultsOf(error);
  const found: Record<string, string> = {};
  for (const { where, message } of error.faults) {
    const field = fields[where.replace(/^\/body(?=\/)/, '')];
    if (field) found[field] = message;
    else found['form'] = [found['form'], message].filter(Boolean).join(' ');
  }
  if (error.faults.length === 0) found['form'] = `${t('state.error')} ${error.message}`;
  return found;
}
