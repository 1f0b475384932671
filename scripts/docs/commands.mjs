/*
 * Checks that everything that terminal commands name exists: scripts, workspaces, packages, files and options. Covers
 * commands that take too long to run here or change the machine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../processes.mjs';
import { readDocument } from './documents.mjs';

const { resolve } = createRequire(join(root, 'package.json'));

/** Yarn's own commands. */
const OF_YARN = ['install', 'dlx', 'npm', 'exec'];
/** Programs that readers fetch and this repository does not contain, so their names cannot be checked. */
const OF_OTHERS = [
  'maildev',
  '@backstage/plugin-notifications-backend-module-slack',
];

const manifestOf = folder =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const { scripts } = manifestOf('.');

/** Splits a block into commands, one a line, without comments and inline environment variables. */
function commandsOf(text) {
  return text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap(line => line.replace(/(^|\s)#.*$/, '').split('&&'))
    .map(command => command.trim().replace(/^(?:[A-Z_0-9]+=\S*\s+)+/, ''))
    .filter(Boolean)
    .map(command => command.split(/\s+/));
}

const expectThat = (isSo, otherwise) => (isSo ? [] : [otherwise]);

/** @returns {string | undefined} */
function folderOfPackage(name) {
  return ['node_modules', 'packages', 'plugins']
    .map(parent => join(parent, name))
    .find(folder => existsSync(join(root, folder, 'package.json')));
}

const faultsOfPackage = name =>
  expectThat(
    folderOfPackage(name) || OF_OTHERS.includes(name),
    `there is no package ${name}`,
  );

const faultsOfScript = name =>
  expectThat(
    scripts[name] || OF_YARN.includes(name),
    `there is no script ${name}`,
  );

/** Options whose value is a file. Backstage resolves paths with `../..` from the backend's folder. */
function faultsOfFiles(args) {
  return args.flatMap((arg, i) => {
    if (args[i - 1] !== '--config') return [];
    const folder = arg.startsWith('../../') ? 'packages/backend' : '.';
    return expectThat(
      existsSync(join(root, folder, arg)),
      `there is no ${arg} in ${folder}`,
    );
  });
}

function faultsOfBench([name, ...options]) {
  const file = join(root, `packages/bench/src/${name}/run.mjs`);
  if (!existsSync(file)) return [`there is no bench ${name}`];
  const code = readFileSync(file, 'utf8');
  return options
    .filter(option => option.startsWith('--'))
    .filter(option => !code.match(`'?${option.slice(2)}'?: { type: `))
    .map(option => `the bench ${name} has no ${option}`);
}

function faultsOfBackstageCli(args) {
  const words = args.filter(arg => /^[a-z:]+$/.test(arg)).slice(0, 2);
  const cli = join(
    resolve('@backstage/cli/package.json'),
    '../bin/backstage-cli',
  );
  const { stdout } = spawnSync(process.execPath, [cli, ...words, '--help'], {
    encoding: 'utf8',
  });
  const command = `backstage-cli ${words.join(' ')}`;
  // An unknown command prints the general help.
  if (!stdout.includes(`${command} `)) return [`there is no ${command}`];
  return args
    .filter(arg => arg.startsWith('--') && !stdout.includes(arg))
    .map(option => `${command} has no ${option}`);
}

function faultsOfYarn([word, ...args]) {
  if (word === '--cwd') {
    const [folder, , ...names] = args;
    return [
      ...expectThat(existsSync(join(root, folder)), `there is no ${folder}`),
      ...names.flatMap(faultsOfPackage),
    ];
  }
  if (word === 'add') return args.flatMap(faultsOfPackage);
  if (word === 'workspaces') return [];
  if (word === 'workspace') {
    const [name, script] = args;
    const folder = folderOfPackage(name);
    if (!folder) return [`there is no workspace ${name}`];
    return expectThat(
      manifestOf(folder).scripts[script],
      `${name} has no script ${script}`,
    );
  }
  if (word === 'bench' && args.length > 0) return faultsOfBench(args);
  if (word === 'backstage-cli') return faultsOfBackstageCli(args);
  return faultsOfScript(word);
}

const PROGRAMS = {
  yarn: faultsOfYarn,
  npm: ([word, ...args]) =>
    faultsOfScript(word === 'run' ? args[0] : word).concat(faultsOfFiles(args)),
  npx: ([name]) => faultsOfPackage(name),
  node: ([, , folder, ...args]) =>
    expectThat(existsSync(join(root, folder)), `there is no ${folder}`).concat(
      faultsOfFiles(args),
    ),
  git: () => [],
};

/** @param {import('./documents.mjs').Block} block */
export function faultsOfCommands({ text }) {
  return commandsOf(text).flatMap(([program, ...args]) =>
    PROGRAMS[program]
      ? PROGRAMS[program](args).concat(
          program === 'yarn' ? faultsOfFiles(args) : [],
        )
      : [`no check covers \`${program}\``],
  );
}

/** Commands within a sentence. Arguments in brackets are for readers. */
export function faultsOfInlineCommands(document) {
  const prose = readDocument(document).replace(/^ *```.*?^ *```$/gms, '');
  return [...prose.matchAll(/`((?:yarn|npm) [^`]+)`/g)]
    .map(([, text]) => ({ text: text.replace(/\[.*?\]/g, '') }))
    .flatMap(faultsOfCommands);
}

/** Reads a tree of folders and files from its indentation: `name/`, or `one/, other/`, followed by a description. */
export function faultsOfTree({ text }) {
  const above = [];
  return text.split('\n').flatMap(line => {
    const [, indent, names] =
      line.match(/^( *)((?:[\w.-]+\/(?:, )?)+)(?: |$)/) ?? [];
    if (!names) return [];
    const depth = indent.length / 2;
    const paths = names.split(', ').map(folder => {
      const name = folder.slice(0, -1);
      above.length = depth;
      const parts = [...above, name];
      above[depth] = name;
      // The tree leaves out `src/`, which every package has.
      return [parts, parts.toSpliced(2, 0, 'src')].map(all => all.join('/'));
    });
    return paths
      .filter(ways => !ways.some(path => existsSync(join(root, path))))
      .map(([path]) => `there is no ${path}`);
  });
}
