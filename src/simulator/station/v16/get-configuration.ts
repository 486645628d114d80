import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Configuration } from './configuration.ts'
import type { KeyName } from './configuration-keys.ts'
import type { Handler16 } from './handler16.ts'

type Entry = NonNullable<ResponseOf<Actions16, 'GetConfiguration'>['configurationKey']>[number]

/** [1.6 5.8] Without keys: all of them; a write-only key has no value [1.6 SWP 7.2]. */
export const getConfiguration: Handler16<'GetConfiguration'> = (request, { settings }) => {
  const asked = request.key ?? []
  if (asked.length === 0) {
    return { configurationKey: settings.names.map((name) => entry(settings, name)) }
  }
  const most = settings.number('GetConfigurationMaxKeys')
  if (asked.length > most) {
    throw new CallError('PropertyConstraintViolation', `At most ${most} keys may be asked at once`)
  }
  const known: Entry[] = []
  const unknown: string[] = []
  for (const name of asked) {
    const key = settings.known(name)
    if (key) known.push(entry(settings, key))
    else unknown.push(name)
  }
  return {
    ...(known.length > 0 && { configurationKey: known }),
    ...(unknown.length > 0 && { unknownKey: unknown }),
  }
}

function entry(settings: Configuration, key: KeyName): Entry {
  const value = settings.reported(key)
  return { key, readonly: settings.readonly(key), ...(value !== undefined && { value }) }
}
