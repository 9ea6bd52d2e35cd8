import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { followLinks } from './routing/router.svelte';
import { applyLanguage, applyTheme } from './session/appearance';
import { staysHidden } from './session/hidden';
import { session } from './session/session.svelte';

/** Only a secure connection gives a service worker; without one everything else still works. */
function keepForOffline(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    addEventListener('load', () => {
      navigator.serviceWorker.register('/sw.js').catch(() => undefined);
    });
  }
}

if (!staysHidden()) {
  applyLanguage();
  applyTheme();
  followLinks();
  void session.start();
  keepForOffline();
  mount(App, { target: document.getElementById('app')! });
}
