import '../base.css';
import { mount } from 'svelte';
import { applyLanguage, applyTheme } from '../session/appearance';
import Examples from './Examples.svelte';

applyLanguage();
applyTheme();
mount(Examples, { target: document.getElementById('app')! });
