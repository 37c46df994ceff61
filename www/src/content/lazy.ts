/** Parts of the page that load when they are first asked for. */

/** An address in what a browser says of an import that failed. */
const ADDRESS = /https?:\/\/[^\s'"]+\.js/;

/** Imports a module from an address that a build knows nothing of. */
type ImportFrom = (address: string) => Promise<unknown>;

const importFrom: ImportFrom = (address) => import(/* @vite-ignore */ address);

/**
 * Loads a part once, and keeps it. After a failure, asking again tries again. A browser may keep the failure itself, for the
 * address of the module: where a second try fails, too, the next address that is tried has a query.
 */
export function lazy<Module, Part>(
  load: () => Promise<Module>,
  part: (module: Module) => Part,
  from: ImportFrom = importFrom,
): () => Promise<Part> {
  let kept: Promise<Part> | undefined;
  let failures = 0;
  const attempt = async (): Promise<Part> => {
    try {
      return part(await load());
    } catch (error) {
      const address = failures > 0 ? ADDRESS.exec(String(error))?.[0] : undefined;
      if (address === undefined) throw error;
      return part((await from(`${address}?again=${failures}`)) as Module);
    }
  };
  return () => {
    kept ??= attempt().catch((error: unknown) => {
      kept = undefined;
      failures += 1;
      throw error;
    });
    return kept;
  };
}
