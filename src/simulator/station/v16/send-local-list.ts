import type { Handler16 } from './handler16.ts'
import { LocalList, usesLocalList } from './local-list.ts'

/** [1.6 5.15] NotSupported where the list is switched off, or there is none. */
export const sendLocalList: Handler16<'SendLocalList'> = (request, { settings, station }) => {
  if (!usesLocalList(settings)) return { status: 'NotSupported' }
  const { memory } = station
  const list = memory.localList ?? new LocalList()
  const status = list.update(request, {
    longestList: settings.number('LocalAuthListMaxLength'),
    longestUpdate: settings.number('SendLocalListMaxLength'),
  })
  if (status === 'Accepted') memory.localList = list
  return { status }
}
