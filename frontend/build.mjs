// Bundles one entry per page into webapp/static/dist and writes manifest.json, which the pages read:
// {page: {js, css, csp}}. Names carry a hash of their content, so browsers may keep them for ever.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { licencesOf } from './licences.mjs';

const OUTPUT = '../webapp/static/dist';
const PAGES = ['app', 'modeler', 'decisions', 'form_editor'];

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });

const { metafile } = await build({
  entryPoints: Object.fromEntries(PAGES.map(page => [page, `src/${page}/index.js`])),
  outdir: OUTPUT,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: 'asset-[name]-[hash]',
  loader: { '.eot': 'file', '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.svg': 'file' },
  legalComments: 'linked',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
  metafile: true
});

const manifest = {};
for (const [file, made] of Object.entries(metafile.outputs)) {
  const page = PAGES.find(name => made.entryPoint === `src/${name}/index.js`);
  if (page) {
    manifest[page] = {
      js: path.basename(file),
      css: made.cssBundle ? path.basename(made.cssBundle) : null,
      csp: JSON.parse(await readFile(`src/${page}/csp.json`, 'utf8'))
    };
  }
}
await writeFile(`${OUTPUT}/LICENCES.txt`, await licencesOf(Object.keys(metafile.inputs)));
await writeFile(`${OUTPUT}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
