import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, parse } from 'node:path';

import { compile } from 'sass';

/**
 * Makes `dist/assets` from `templates/assets` and the npm packages: one stylesheet, browser modules, fonts, an icon sprite, and the
 * libraries that draw the first page of a file. Every file bears a hash of its content (a library with files of its own: its version in the
 * folder's name), so browsers may keep it for ever; `manifest.json` maps plain names to hashed ones.
 * Does nothing when no source has changed since the last build.
 */
const ROOT = join(import.meta.dirname, '..');
const SOURCES = join(ROOT, 'templates', 'assets');
const MODULES = join(ROOT, 'node_modules');
const TARGET = join(ROOT, 'dist', 'assets');
const STAMP = join(TARGET, '.built');

/** Libraries that browser modules load when a page needs them, by the name they are called there. */
const UTIF = join(MODULES, 'utif2', 'UTIF.js');
const LIBRARIES: Readonly<Record<string, string>> = {
  'utif.js': UTIF,
  'pako-inflate.js': createRequire(UTIF).resolve('pako/dist/pako_inflate.min.js'),
};

/** Cyrillic and Latin of the three weights the design uses. */
const FONTS = ['cyrillic', 'latin'].flatMap((alphabet) =>
  [400, 500, 700].map((weight) => `golos-text-${alphabet}-${weight}-normal.woff2`),
);

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => statSync(join(folder, name)).isFile());

/** Changes whenever a source or a package that gives sources does. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const name of filesUnder(SOURCES)) hash.update(name).update(readFileSync(join(SOURCES, name)));
  for (const name of ['bootstrap', 'bootstrap-icons', '@fontsource/golos-text', 'sass', 'pdfjs-dist'])
    hash.update(readFileSync(join(MODULES, name, 'package.json')));
  for (const library of Object.values(LIBRARIES)) hash.update(readFileSync(library));
  return hash.digest('hex');
}

class Assets {
  readonly manifest: Record<string, string> = {};

  /** Writes the file under its hashed name and answers that name. */
  add(name: string, content: string | Buffer): string {
    const { dir, name: base, ext } = parse(name);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const hashed = join(dir, `${base}.${hash}${ext}`);
    mkdirSync(dirname(join(TARGET, hashed)), { recursive: true });
    writeFileSync(join(TARGET, hashed), content);
    this.manifest[name] = hashed;
    return hashed;
  }
}

/** One sprite of the icons listed in `icons.json`; a name that bootstrap-icons does not have stops the build. */
function iconSprite(): string {
  const names = JSON.parse(readFileSync(join(SOURCES, 'icons.json'), 'utf8')) as string[];
  const symbols = names.map((name) => {
    const svg = readFileSync(join(MODULES, 'bootstrap-icons', 'icons', `${name}.svg`), 'utf8');
    return `<symbol id="${name}" viewBox="0 0 16 16" fill="currentColor">${svg.replace(/^[^>]*>|<\/svg>\s*$/g, '').trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

/** Bootstrap 5.3 still uses `@import` and old colour functions; its own deprecations are not ours to fix. */
function stylesheet(assets: Assets): string {
  const { css } = compile(join(SOURCES, 'styles', 'portal.scss'), {
    style: 'compressed',
    loadPaths: [MODULES],
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  });
  return css.replace(
    /url\(fonts\/([^)]+)\)/g,
    (_, font: string) => `url(${assets.manifest[`fonts/${font}`] ?? missing(font)})`,
  );
}

const missing = (name: string): never => {
  throw new Error(`The stylesheet asks for ${name}, which the build does not copy`);
};

/**
 * What pdf.js needs to draw a page, in a folder of its own: it composes the names of these files itself. The build for older browsers too,
 * the decoders as JavaScript (WebAssembly would need a wider Content-Security-Policy), and nothing that runs scripts of a document.
 */
const PDF_FILES = [
  ...['pdf.min.mjs', 'pdf.worker.min.mjs', 'pdf.renderer.min.mjs'].map((name) => join('legacy', 'build', name)),
  ...['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js'].map((name) => join('wasm', name)),
];

/** Copies pdf.js and answers the name of its folder. */
function pdfLibrary(): string {
  const source = join(MODULES, 'pdfjs-dist');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
  const folder = join(TARGET, `pdfjs-${version}`);
  mkdirSync(folder, { recursive: true });
  for (const name of PDF_FILES) copyFileSync(join(source, name), join(folder, basename(name)));
  cpSync(join(source, 'standard_fonts'), join(folder, 'standard_fonts'), { recursive: true });
  return basename(folder);
}

/**
 * Browser modules name each other by plain relative names (`import`, `new URL`, `importScripts`), so the named ones come first and
 * are rewritten to their hashed names; `./pdfjs/` is the folder of pdf.js.
 */
function scripts(assets: Assets): void {
  const folder = join(SOURCES, 'scripts');
  const pdfFolder = pdfLibrary();
  const added = new Map<string, string>();
  const add = (name: string): string => {
    const known = added.get(name);
    if (known) return known;
    const library = LIBRARIES[name];
    const source = readFileSync(library ?? join(folder, name), 'utf8');
    const named = (_: string, imported: string) => `'./${add(imported)}'`;
    const content = library
      ? source
      : source.replace(/'\.\/([\w-]+\.js)'/g, named).replaceAll("'./pdfjs/", `'./${pdfFolder}/`);
    const hashed = assets.add(name, content);
    added.set(name, hashed);
    return hashed;
  };
  for (const name of filesUnder(folder).filter((file) => extname(file) === '.js')) add(name);
}

function build(): void {
  const current = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === current) return;
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  const assets = new Assets();
  for (const font of FONTS)
    assets.add(`fonts/${font}`, readFileSync(join(MODULES, '@fontsource', 'golos-text', 'files', font)));
  assets.add('icons.svg', iconSprite());
  assets.add('favicon.svg', readFileSync(join(SOURCES, 'favicon.svg')));
  assets.add('portal.css', stylesheet(assets));
  scripts(assets);
  writeFileSync(join(TARGET, 'manifest.json'), JSON.stringify(assets.manifest, null, 2));
  writeFileSync(STAMP, current);
}

build();
