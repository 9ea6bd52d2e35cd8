import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // Styles go to a file: the policy of the page allows no inline style.
  compilerOptions: { css: 'external', runes: true },
};
