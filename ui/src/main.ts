import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { followLinks } from './routing/router.svelte';
import { applyLanguage, applyTheme } from './session/appearance';
import { session } from './session/session.svelte';

applyLanguage();
applyTheme();
followLinks();
void session.start();
mount(App, { target: document.getElementById('app')! });
