import { existsSync } from 'node:fs'

/** The folder of this package, a `file:` URL. Sources and built files lie at different depths of it. */
export const packageRoot = upTo('package.json', new URL('.', import.meta.url))

/** The folder itself, or the nearest one above it that has such a file. */
export function upTo(file: string, folder: URL): URL {
  return existsSync(new URL(file, folder)) ? folder : upTo(file, new URL('..', folder))
}
