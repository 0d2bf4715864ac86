import path from 'node:path';
import ts from 'typescript';
import { findLanguageViolations } from '../../scripts/lint/language.mjs';
import { readText, sources } from './repository-files.js';

/** Roles of classes in `*.service.ts` files besides `Service`. */
const AGENT_NOUNS =
  /(Service|Authenticator|Builder|Cache|Calculator|Creator|Deleter|Dispatcher|Eraser|Exporter|Factory|Finalizer|Finder|Hasher|Importer|Limiter|Loader|Mapper|Merger|Parser|Policy|Publisher|Reader|Registry|Renderer|Resolver|Restorer|Runner|Scheduler|Selector|Sender|Signer|Store|Sweeper|Throttle|Updater|Validator|Verifier|Worker|Writer|Guard|Mailer|Streams|Client|Rendering|Hasher)$/;

/** Suffix of the class in a file of each kind. */
const CLASS_SUFFIX: Readonly<Record<string, string>> = {
  controller: 'Controller',
  repository: 'Repository',
  module: 'Module',
  entity: 'Entity',
  subscriber: 'Subscriber',
  job: 'Job',
  guard: 'Guard',
  interceptor: 'Interceptor',
  filter: 'Filter',
  pipe: 'Pipe',
};

const MAX_CONSTRUCTOR_PARAMETERS = 7;

interface ClassInfo {
  readonly file: string;
  readonly name: string;
  readonly constructorParameters: number;
}

const production = sources.filter((file) => /^(libs|apps)\/.*\.ts$/.test(file) && !/spec\.ts$|testing/.test(file));

function exportedClasses(file: string): ClassInfo[] {
  const found: ClassInfo[] = [];
  ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true).forEachChild((node) => {
    if (!ts.isClassDeclaration(node) || !node.name) return;
    if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return;
    const constructor = node.members.find((member) => ts.isConstructorDeclaration(member));
    found.push({ file, name: node.name.text, constructorParameters: constructor?.parameters.length ?? 0 });
  });
  return found;
}

const classes = production.flatMap(exportedClasses);
const kindOf = (file: string): string | undefined => /\.([a-z]+)\.ts$/.exec(file)?.[1];
const pascalCase = (name: string): string =>
  name.replace(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase());
const baseName = (file: string): string => path.basename(file).replace(/\..*$/, '');

describe('names', () => {
  it('should be the file name with the suffix of its kind', () => {
    const wrong = classes.filter(({ file, name }) => {
      const suffix = CLASS_SUFFIX[kindOf(file) ?? ''];
      return suffix !== undefined && name.toLowerCase() !== `${pascalCase(baseName(file))}${suffix}`.toLowerCase();
    });
    expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it('should contain the role of the class in every service file', () => {
    const wrong = classes.filter(({ file, name }) => {
      if (kindOf(file) !== 'service') return false;
      const base = pascalCase(baseName(file)).toLowerCase();
      return ![base, `${base}service`].includes(name.toLowerCase()) || !AGENT_NOUNS.test(name);
    });
    expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it('should end with Dto in every DTO file', () => {
    const wrong = classes.filter(({ file, name }) => kindOf(file) === 'dto' && !name.endsWith('Dto'));
    expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it('should use standard terms, as should texts, comments and test titles', () => {
    const found = sources
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => findLanguageViolations(file, readText(file)));
    expect(found).toEqual([]);
  });
});

describe('constructors', () => {
  it(`should have at most ${MAX_CONSTRUCTOR_PARAMETERS} parameters`, () => {
    const wrong = classes.filter(({ constructorParameters }) => constructorParameters > MAX_CONSTRUCTOR_PARAMETERS);
    expect(wrong.map(({ file, name, constructorParameters }) => `${file}: ${name} ${constructorParameters}`)).toEqual(
      [],
    );
  });
});
