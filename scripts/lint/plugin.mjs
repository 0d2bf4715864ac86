import path from 'node:path';
import { root } from '../swc-options.mjs';
import { mayReadEnvironment, findViolation } from './boundaries.mjs';

function fileOf(context) {
  return path.relative(root, context.filename).replaceAll(path.sep, '/');
}

const boundaries = {
  meta: { type: 'problem', docs: { description: 'enforce layers, entry points and file kinds' }, schema: [] },
  create(context) {
    const file = fileOf(context);
    const check = (source) => {
      if (typeof source?.value !== 'string') return;
      const message = findViolation(file, source.value);
      if (message !== null) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: ({ source, argument }) => check(source ?? argument?.literal),
    };
  },
};

const environment = {
  meta: { type: 'problem', docs: { description: 'read the environment in the configuration only' }, schema: [] },
  create(context) {
    if (mayReadEnvironment(fileOf(context))) return {};
    const message =
      'The environment is read only by libs/kernel/src/config and *.config.ts. Add a field to the settings there, with its default and its docblock, and have it injected.';
    return {
      'MemberExpression[object.name="process"][property.name="env"]': (node) => context.report({ node, message }),
      'MemberExpression[object.name="process"][property.value="env"]': (node) => context.report({ node, message }),
      'MemberExpression[object.property.name="process"][property.name="env"]': (node) =>
        context.report({ node, message }),
      'VariableDeclarator[init.name="process"] Property[key.name="env"]': (node) => context.report({ node, message }),
      'ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]': (node) =>
        context.report({ node, message }),
    };
  },
};

const noInlineDisable = {
  meta: { type: 'problem', docs: { description: 'rules are not disabled inline' }, schema: [] },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (
            !/^[\s*]*(eslint(-(disable|enable|env)\S*)?\s|eslint-disable|@ts-(ignore|nocheck|expect-error))/.test(
              `${comment.value} `,
            )
          )
            continue;
          context.report({
            loc: comment.loc,
            message:
              'Rules are not disabled inline. Change the code, or change the rule for everyone in eslint.config.mjs and give the reason in the commit.',
          });
        }
      },
    };
  },
};

/** ESLint plugin with the architecture rules of this repository. */
export default { rules: { boundaries, environment, 'no-inline-disable': noInlineDisable } };
