import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { fixtureServer } from './dev/fixture_server';
import { firstScreenInOneRound, keepFiles, screenBudgets } from './build/page_assets';

export default defineConfig(({ mode }) => ({
  plugins: [
    svelte(),
    firstScreenInOneRound(),
    keepFiles(),
    screenBudgets(),
    ...(mode === 'development' ? [fixtureServer()] : []),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Data addresses and inline script are both forbidden by the policy of the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: 'index.html', notes: 'notes.html', sw: 'src/offline/service_worker.ts' },
      output: {
        entryFileNames: (chunk) =>
          chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  // Svelte components are compiled for the browser in tests too.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
}));
