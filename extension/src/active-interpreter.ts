import { extensions, type Uri } from 'vscode';

/** The part of the Python extension's interface that is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: Uri } } | undefined>;
  };
}

/** The interpreter that is chosen in the Python extension; undefined without that extension or a choice. */
export async function activeInterpreter(resource: Uri | undefined): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtension>('ms-python.python');
  if (extension === undefined) {
    return undefined;
  }
  try {
    const { environments } = await extension.activate();
    const environment = await environments.resolveEnvironment(
      environments.getActiveEnvironmentPath(resource),
    );
    return environment?.executable.uri?.fsPath;
  } catch (error) {
    // The adapter finds an interpreter by itself; a broken neighbour must not keep anyone from debugging.
    console.warn('Execorder: the Python extension did not say which interpreter is chosen.', error);
    return undefined;
  }
}
