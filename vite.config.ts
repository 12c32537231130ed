import { defineConfig } from 'vite';

/** The page. Heavy libraries get chunks of their own, so that the first one stays small and the others are cached apart. */
export default defineConfig({
  base: './',
  worker: { format: 'es' },
  assetsInclude: ['**/*.mcap'],
  build: {
    target: 'es2022',
    // three alone is larger than the default limit.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'three', test: /node_modules\/three\// },
            { name: 'cannon', test: /node_modules\/cannon-es\// },
            { name: 'tweakpane', test: /node_modules\/(tweakpane|@tweakpane)\// },
            { name: 'uplot', test: /node_modules\/uplot\// },
            { name: 'mcap', test: /node_modules\/@mcap\// },
          ],
        },
      },
    },
  },
  optimizeDeps: {
    // Found late (behind dynamic imports or in the worker), they would reload the page in the middle of a drive.
    include: [
      'three',
      'cannon-es',
      'lil-gui',
      'tweakpane',
      '@tweakpane/plugin-essentials',
      'uplot',
      'idb',
      'zod',
      '@mcap/core',
      'pure-rand/generator/xoroshiro128plus',
    ],
  },
});
