// The licence texts of every package that went into the bundles, for the file shipped beside them.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

// inputs: the input files of the bundler's report. Resolves to one text, packages in order of name.
export async function licencesOf(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const texts = await Promise.all([...folders].sort().map(licenceOf));
  return texts.join(`\n${'-'.repeat(79)}\n`);
}

function packageFolder(file) {
  return file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1];
}

async function licenceOf(folder) {
  const { name, version, license } = await describe(folder);
  const files = (await readdir(folder)).filter(file => /^(licen[sc]e|notice|copying)/i.test(file));
  const texts = await Promise.all(files.map(file => readFile(path.join(folder, file), 'utf8')));
  return [`${name} ${version} (${license ?? 'no licence named'})`, ...texts].join('\n\n');
}

async function describe(folder) {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
}
