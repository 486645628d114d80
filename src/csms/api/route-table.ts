import { Problem } from './problem.ts'
import type { Route } from './route.ts'

interface Place {
  readonly segments: readonly string[]
  readonly byMethod: ReadonlyMap<string, Route>
}

/** Finds the route of a request. */
export class RouteTable {
  readonly #places: readonly Place[]

  constructor(routes: readonly Route[]) {
    const paths = new Set(routes.map(({ path }) => path))
    this.#places = Array.from(paths, (path) => ({
      segments: path.split('/').slice(1),
      byMethod: new Map(
        routes.filter((route) => route.path === path).map((route) => [route.method, route]),
      ),
    }))
  }

  /**
   * The route and the variable segments of its path; what answers GET answers HEAD, too. Throws a
   * `Problem`: 404 no such path, 405 not by this method, 400 a segment that cannot be decoded.
   */
  find(
    method: string,
    pathname: string,
  ): { readonly route: Route; readonly path: Readonly<Record<string, string>> } {
    const segments = pathname.split('/').slice(1)
    const place = this.#place(pathname, segments)
    const route = place.byMethod.get(method === 'HEAD' ? 'GET' : method)
    if (!route) throw wrongMethod(place)
    return { route, path: variablesOf(place.segments, segments) }
  }

  /** What may be done at a path, as the header `Allow` has it. Throws a 404 `Problem`. */
  allowed(pathname: string): string {
    return allowedAt(this.#place(pathname, pathname.split('/').slice(1)))
  }

  #place(pathname: string, segments: readonly string[]): Place {
    const place = this.#places.find(({ segments: pattern }) => fits(pattern, segments))
    if (place) return place
    throw new Problem(404, 'NOT_FOUND', `There is nothing at ${pathname}.`)
  }
}

function allowedAt({ byMethod }: Place): string {
  const methods = [...byMethod.keys()].flatMap((method) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  )
  return [...methods, 'OPTIONS'].join(', ')
}

function wrongMethod(place: Place): Problem {
  const allowed = allowedAt(place)
  const message = `Only ${allowed} is answered here.`
  return new Problem(405, 'METHOD_NOT_ALLOWED', message, { Allow: allowed })
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, at) =>
      part.startsWith('{') ? segments[at] !== '' : part === segments[at],
    )
  )
}

function variablesOf(pattern: readonly string[], segments: readonly string[]) {
  const variables: Record<string, string> = {}
  for (const [at, part] of pattern.entries()) {
    if (part.startsWith('{')) variables[part.slice(1, -1)] = decoded(segments[at] ?? '')
  }
  return variables
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Problem(400, 'INVALID_PATH', `${segment} is not percent-encoded UTF-8.`)
  }
}
