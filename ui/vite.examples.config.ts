// The page of examples: every component with its fixtures, for the eye, for axe and for
// screenshots.
// A build of its own, so that nothing of it reaches the product.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: 'dist-examples',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { examples: 'examples/index.html' } },
  },
});
