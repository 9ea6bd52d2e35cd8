// Who is signed in, on whose device, and whether the server can be reached.
import { api, whenNetworkChanges, whenSignedOut } from '../api/client';
import { NoNetwork, Problem } from '../api/problem';
import type { Me, Service, SignIn } from '../api/types';
import { forgetDevice, keptDevice, settleDevice } from '../offline/device';
import { dropAllDrafts } from '../offline/draft';
import { useZone } from '../time/clock';

type State = 'starting' | 'signed_out' | 'signed_in' | 'unreachable';

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
  /** The session ran out under an open screen: sign-in lies over it and the draft stays. */
  expired = $state(false);

  async start(): Promise<void> {
    whenSignedOut(() => {
      if (this.state === 'signed_in') this.expired = true;
    });
    whenNetworkChanges((works) => (this.network = works));
    const service = this.fetchService();
    try {
      await this.accept(await api.get<Me>('/api/me'));
    } catch (error) {
      await this.startWithoutServer(error);
    }
    await service;
  }

  private async startWithoutServer(error: unknown): Promise<void> {
    const kept = await keptDevice();
    this.owner = kept;
    if (error instanceof Problem && error.status === 401) {
      this.state = 'signed_out';
      return;
    }
    if (kept) {
      this.me = kept;
      useZone(kept.zone);
      this.state = 'signed_in';
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
    this.me = me;
    this.owner = undefined;
    this.state = 'signed_in';
    this.expired = false;
  }

  async signIn(credentials: SignIn): Promise<void> {
    await this.accept(await api.post<Me>('/api/sign-in', credentials));
  }

  async acceptInvitation(code: string, password: string, deviceIsMine: boolean): Promise<void> {
    const path = `/api/invitations/${encodeURIComponent(code)}`;
    await this.accept(await api.post<Me>(path, { password, device_is_mine: deviceIsMine }));
  }

  /** Leaves nothing personal behind, whatever the server answers. */
  async signOut(): Promise<void> {
    await api.post('/api/sign-out').catch(() => undefined);
    await forgetDevice();
    dropAllDrafts();
    this.me = undefined;
    this.owner = undefined;
    this.state = 'signed_out';
  }
}

export const session = new Session();
