import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = 'http://127.0.0.1:8008';

/**
 * The app is built to `dist`, which the server serves. While developing, Vite serves the app and passes on what is the server's.
 * `gallery.html` is reachable in development only: the build knows no other entry than `index.html`.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // `light-dark()` carries both themes; older engines would need each rule twice.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Pictures and fonts stay files: a strict content policy has no room for data addresses.
    assetsInlineLimit: 0,
    // All of these engines preload modules by themselves.
    modulePreload: { polyfill: false },
  },
  optimizeDeps: {
    entries: ['index.html', 'gallery.html'],
    // Bundling it ahead would lose the address of its WebAssembly file, which stands beside it.
    exclude: ['@matrix-org/matrix-sdk-crypto-wasm'],
  },
  server: {
    proxy: { '/_matrix': SERVER, '/_byline': SERVER, '/.well-known': SERVER },
  },
});
