// Who is signed in, on whose device, and whether the server can be reached.
import { api, whenNetworkChanges, whenSignedOut } from '../api/client';
import { NoNetwork, Problem } from '../api/problem';
import type { Me, Service, SignIn } from '../api/types';
import { forgetDevice, keptDevice, settleDevice } from '../offline/device';
import { dropDrafts, openDrafts } from '../offline/draft';
import { timeOfDay, useZone } from '../time/clock';

type State = 'starting' | 'signed_out' | 'signed_in' | 'unreachable';

const patience = 2500; // ms before the owner's device opens without the server's word
const aMinute = 60_000; // ms
const longestTimer = 2 ** 31 - 1; // ms, the most a browser counts
const warnFor = 5 * 60_000; // ms before the end of a session

const serviceKey = 'evenkeel.service';
function lastService(): Service | undefined {
  try {
    const text = localStorage.getItem(serviceKey);
    return text === null ? undefined : (JSON.parse(text) as Service);
  } catch {
    return undefined;
  }
}

class Session {
  state = $state<State>('starting');
  me = $state.raw<Me | undefined>();
  service = $state.raw<Service | undefined>();
  network = $state(true);
  /** Signed out by time, not by choice, on a device marked "mine": the plan stays in reach. */
  owner = $state.raw<Me | undefined>();
  /** The time of day at which the session ends, once that is near. */
  endsAt = $state<string | undefined>();
  private warning: ReturnType<typeof setTimeout> | undefined;
  /** The session ran out under an open screen: sign-in lies over it and the draft stays. */
  expired = $state(false);

  async start(): Promise<void> {
    whenSignedOut(() => {
      if (this.state === 'signed_in') this.expired = true;
    });
    whenNetworkChanges((works) => (this.network = works));
    const service = this.fetchService();
    const answer = api.get<Me>('/api/me');
    // Looked at below; until then a refusal is nobody's surprise.
    answer.catch(() => undefined);
    await this.notToWaitFor(answer);
    try {
      await this.accept(await answer);
    } catch (error) {
      await this.startWithoutServer(error);
    }
    await service;
  }

  /** A network that does not answer: on the owner's device the app opens with what it keeps. */
  private async notToWaitFor(answer: Promise<Me>): Promise<void> {
    this.owner = await keptDevice();
    if (!this.owner) return;
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), patience));
    const first = await Promise.race([late, answer.catch(() => 'no')]);
    if (first === 'late') await this.useKept(this.owner);
  }

  private async useKept(kept: Me): Promise<void> {
    useZone(kept.zone);
    await openDrafts(kept.account);
    this.me = kept;
    this.state = 'signed_in';
  }

  private async startWithoutServer(error: unknown): Promise<void> {
    if (error instanceof Problem && error.status === 401) {
      if (this.state === 'signed_in') this.expired = true;
      else this.state = 'signed_out';
    } else if (this.owner) {
      await this.useKept(this.owner);
    } else {
      this.state = error instanceof NoNetwork ? 'unreachable' : 'signed_out';
    }
  }

  private async fetchService(): Promise<void> {
    try {
      this.service = await api.get<Service>('/api/service');
      localStorage.setItem(serviceKey, JSON.stringify(this.service));
    } catch {
      // Nothing personal in it, and the crisis numbers have to be there: the last copy will do.
      this.service ??= lastService();
    }
  }

  private async accept(me: Me): Promise<void> {
    useZone(me.zone);
    await settleDevice(me);
    await openDrafts(me.account);
    this.warnBeforeEnd(me);
    this.me = me;
    this.owner = undefined;
    this.state = 'signed_in';
    this.expired = false;
  }

  // Measured between two times of the server's clock, since this one may be wrong. Being here may
  // have moved the end, so it is asked for again before anyone is told.
  private warnBeforeEnd(me: Me): void {
    clearTimeout(this.warning);
    const left = Date.parse(me.session_expires_at) - Date.parse(me.server_time);
    this.endsAt = left <= warnFor ? timeOfDay(me.session_expires_at) : undefined;
    if (left > longestTimer) return;
    const next = this.endsAt ? aMinute : left - warnFor;
    this.warning = setTimeout(() => {
      api.get<Me>('/api/me').then(
        (again) => this.warnBeforeEnd(again),
        () => undefined,
      );
    }, next);
  }

  async signIn(credentials: SignIn): Promise<void> {
    await this.accept(await api.post<Me>('/api/sign-in', credentials));
  }

  async acceptInvitation(
    code: string,
    answer: { password: string; email?: string; device_is_mine: boolean },
  ): Promise<void> {
    const path = `/api/invitations/${encodeURIComponent(code)}`;
    await this.accept(await api.post<Me>(path, answer));
  }

  /** Leaves nothing personal behind, whatever the server answers. */
  async signOut(): Promise<void> {
    await api.post('/api/sign-out').catch(() => undefined);
    await dropDrafts();
    await forgetDevice();
    clearTimeout(this.warning);
    this.endsAt = undefined;
    this.me = undefined;
    this.owner = undefined;
    this.state = 'signed_out';
  }
}

export const session = new Session();
