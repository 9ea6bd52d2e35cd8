// Who is signed in, on whose device, and whether the server can be reached.
import { api, whenNetworkChanges, whenSignedOut } from '../api/client';
import { NoNetwork, Problem } from '../api/problem';
import type { Me, Service, SignIn } from '../api/types';
import { forgetDevice, keepDevice, keptDevice } from '../offline/device';

type State = 'starting' | 'signed_out' | 'signed_in' | 'unreachable';

class Session {
  state = $state<State>('starting');
  me = $state.raw<Me | undefined>();
  service = $state.raw<Service | undefined>();
  network = $state(true);
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
    if (error instanceof Problem && error.status === 401) {
      this.state = 'signed_out';
      return;
    }
    const kept = await keptDevice();
    if (kept) {
      this.me = kept;
      this.state = 'signed_in';
    } else {
      this.state = error instanceof NoNetwork ? 'unreachable' : 'signed_out';
    }
  }

  private async fetchService(): Promise<void> {
    try {
      this.service = await api.get<Service>('/api/service');
    } catch {
      // The screens that need it say so; the help page carries its own numbers.
    }
  }

  private async accept(me: Me): Promise<void> {
    this.me = me;
    this.state = 'signed_in';
    this.expired = false;
    if (me.device_is_mine && me.role === 'client') await keepDevice(me);
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
    this.me = undefined;
    this.state = 'signed_out';
  }
}

export const session = new Session();
