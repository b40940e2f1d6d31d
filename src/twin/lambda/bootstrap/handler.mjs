// @ts-check
/* Finds and loads the handler of a function. */
import { isVersion4, runtimeError } from './errors.mjs';

const { readFileSync, statSync } = process.getBuiltinModule('node:fs');
const { createRequire, registerHooks } = process.getBuiltinModule('node:module');
const { basename, delimiter, dirname, join } = process.getBuiltinModule('node:path');
const { pathToFileURL } = process.getBuiltinModule('node:url');

/** @typedef {(event: unknown, context: object, callback?: (error: unknown, result?: unknown) => void) => unknown} Handler */

/**
 * @param {string} taskRoot
 * @param {string} name
 * @returns {Promise<Handler>}
 */
export async function loadHandler(taskRoot, name) {
  if (name.includes('..')) {
    throw runtimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, path, exported] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(name) ?? [];
  if (path === undefined || exported === undefined) throw runtimeError('MalformedHandlerName', 'Bad handler');
  let module;
  try {
    // Awaited, as in AWS's client: a module that exports `then` is loaded when `then` calls its callback.
    module = await loadModule(join(taskRoot, path), createRequire(join(taskRoot, '/')));
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('UserCodeSyntaxError', String(error), { stack: error.stack });
    const { code, stack } = /** @type {{ code?: unknown, stack?: string }} */ (error ?? {});
    if (code === 'MODULE_NOT_FOUND') throw runtimeError('ImportModuleError', String(error), { stack });
    throw error;
  }
  const keys = exported.split('.');
  const [found] = [module, isVersion4 ? module?.default : undefined].flatMap(
    (from) => keys.reduce((nested, key) => nested?.[key], from) ?? [],
  );
  if (found === undefined || found === null) throw runtimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') throw runtimeError('HandlerNotFound', `${name} is not a function`);
  if (isVersion4 && found.length >= 3) {
    throw runtimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return found;
}

/**
 * Loads the handler's module from the file that AWS's client selects: without extension, .js, .mjs or .cjs, in this order.
 * @param {string} path
 * @param {NodeJS.Require} require
 * @returns {unknown}
 */
function loadModule(path, require) {
  importFromNodePath();
  const extension = ['', '.js', '.mjs', '.cjs'].find((one) => isFile(path + one));
  const file = extension === undefined ? require.resolve(path) : path + extension;
  const isModule = extension === '.mjs' || (extension === '.js' && isInModulePackage(dirname(file)));
  return isVersion4 || isModule ? import(pathToFileURL(file).href) : require(file);
}

/** @param {string} path */
function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Returns true if the nearest package.json in a parent folder declares .js files as ES modules.
 * @param {string} folder
 * @returns {boolean}
 */
function isInModulePackage(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))?.type === 'module';
  } catch {
    return dirname(folder) !== folder && basename(folder) !== 'node_modules' && isInModulePackage(dirname(folder));
  }
}

/** Makes `import` search the folders of NODE_PATH, as in Lambda's runtimes since nodejs18.x. In Node.js only `require` does. */
function importFromNodePath() {
  const folders = (process.env.NODE_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  // In Node.js versions without these hooks, `import` searches only the function's own folder.
  if (folders.length === 0 || registerHooks === undefined) return;
  registerHooks({
    resolve(specifier, context, next) {
      let failure;
      try {
        return next(specifier, context);
      } catch (error) {
        if (/^(?:\.|\/|\w+:)/.test(specifier) || !context.conditions.includes('import')) throw error;
        failure = error;
      }
      for (const folder of folders) {
        try {
          return next(specifier, { ...context, parentURL: pathToFileURL(join(dirname(folder), 'function.mjs')).href });
        } catch {
          // Another folder may contain it.
        }
      }
      throw failure;
    },
  });
}
