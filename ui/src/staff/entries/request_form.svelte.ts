// A form that changes something of the service: what the server names by a pointer into what was
// sent is shown at the field of that name.
import { byField } from './entry_form.svelte';

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
