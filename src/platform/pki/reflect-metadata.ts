/*
 * The X.509 library resolves its algorithms with tsyringe, which wants `Reflect` metadata [ECMAScript
 * decorators proposal of 2015] and reads no more of it than what it has written itself. These few
 * lines are all of that; import them before the library.
 */

type Target = object
const written = new WeakMap<Target, Map<unknown, unknown>>()

const own = (key: unknown, target: Target): unknown => written.get(target)?.get(key)

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, {
    defineMetadata(key: unknown, value: unknown, target: Target): void {
      const known = written.get(target) ?? new Map<unknown, unknown>()
      written.set(target, known.set(key, value))
    },
    getOwnMetadata: own,
    getMetadata: own,
  })
}
