import type { Handler16 } from './handler16.ts'
import { keyRules } from './key-rules.ts'

/** [1.6 5.3] What the template lists in `rebootRequired` takes effect with the next boot. */
export const changeConfiguration: Handler16<'ChangeConfiguration'> = (request, behaviour) => {
  const { settings, station } = behaviour
  const { value } = request
  const name = settings.known(request.key)
  const rule = name && keyRules[name]
  if (rule?.refuses?.(value, behaviour)) return { status: 'Rejected' }
  const status = settings.change(request.key, value)
  const { applied } = rule ?? {}
  if (applied && status === 'Accepted') station.afterwards(() => applied(value, behaviour))
  return { status }
}
