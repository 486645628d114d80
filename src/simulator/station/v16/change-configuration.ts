import type { Handler16 } from './handler16.ts'

/** [1.6 5.3] All keys take effect at once; none needs a reboot. */
export const changeConfiguration: Handler16<'ChangeConfiguration'> = (request, { settings }) => ({
  status: settings.change(request.key, request.value),
})
