import type { NotifyCustomerInformationRequest } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { forget, knownOf, tokensOf } from './customer-data.ts'

/** `data` holds so many characters. */
const longestData = 512

/**
 * Reports what is known of a customer, forgets it, or both; one reference to a customer, no more
 * [2.0.1 N09, N09.FR.09, N10].
 */
export const customerInformation: Handler<Actions201, 'CustomerInformation', Station2x> = (
  request,
  station,
) => {
  const { idToken, customerCertificate, customerIdentifier, report, clear, requestId } = request
  const references = [idToken, customerCertificate, customerIdentifier]
  const given = references.filter((reference) => reference !== undefined).length
  if (given !== 1) {
    const reasonCode = given === 0 ? 'MissingParam' : 'InvalidValue'
    return { status: 'Invalid', statusInfo: { reasonCode } }
  }
  if (!report && !clear) return { status: 'Rejected', statusInfo: { reasonCode: 'InvalidValue' } }
  const tokens = tokensOf(station, request)
  const known = knownOf(station, tokens)
  if (clear) forget(station, tokens)
  const { services } = station
  const text = report ? told(known) : 'the data was cleared'
  services.afterwards(() => services.unattended(send(station, requestId, text)))
  return { status: 'Accepted' }
}

function told(known: readonly string[]): string {
  return known.length === 0 ? 'no data was found' : known.join('\n')
}

/** In as many messages as it takes, each after the answer to the one before [2.0.1 N09.FR.05]. */
async function send(station: Station2x, requestId: number, text: string): Promise<void> {
  const { services } = station
  const generatedAt = services.wireTime()
  const pages = text.match(new RegExp(`[^]{1,${longestData}}`, 'g')) ?? []
  for (const [seqNo, data] of pages.entries()) {
    const page: NotifyCustomerInformationRequest = {
      requestId,
      generatedAt,
      seqNo,
      tbc: seqNo < pages.length - 1,
      data,
    }
    const outcome = await services.request('NotifyCustomerInformation', page, { triggered: true })
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return
  }
}
