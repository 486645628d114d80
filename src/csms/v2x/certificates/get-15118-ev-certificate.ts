import type {
  Get15118EVCertificateRequest,
  Get15118EVCertificateResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { exiOfChain, requestOfExi } from '../../../platform/pki/contract-exchange.ts'
import { isoTime } from '../../../shared/clock.ts'
import { authorize } from '../../domain/authorization.ts'
import { addContract, hadContracts, mostContractsInAnHour } from '../../domain/contracts.ts'
import type { StationContext } from '../../domain/domain.ts'

/** How long what is signed for vehicles is valid. */
const validDays = 365

/**
 * Puts a contract on a vehicle's key: this system is the contract certificate pool, its authority
 * signs, and its tokens of type eMAID are the contracts [2.0.1 M01, M02]. Failed where there is no
 * authority or no such contract. `exiRequest` is the lab's, see `platform/pki/contract-exchange`.
 */
export const get15118EVCertificate: Handler<Actions201, 'Get15118EVCertificate', StationContext> = (
  request,
  context,
) => answer(request, context)

/** 2.1 hands out several contracts, one with each request [2.1 M01.FR.04 to FR.07]. */
export const get15118EVCertificate21: Handler<
  Actions21,
  'Get15118EVCertificate',
  StationContext
> = (request, context) => answer(request, context)

async function answer(
  request: Get15118EVCertificateRequest,
  context: StationContext,
): Promise<Get15118EVCertificateResponse> {
  const { station, domain } = context
  const { authority } = domain
  if (!authority) return failed('NotEnabled', 'there is no certificate authority')
  const csr = requestOfExi(request.exiRequest)
  const requested = await authority.requestedContract(csr)
  if (requested === undefined) return failed('InvalidCSR', 'exiRequest holds no PKCS #10 request')
  const wanted = contractsFor(request, requested, context)
  if (wanted.length === 0) return failed('NotFound', 'there is no such contract')
  if (hadContracts(station.record, domain.clock.wallMs())) {
    return failed('Unspecified', `it had ${mostContractsInAnHour} certificates within an hour`)
  }
  const several = request.maximumContractCertificateChains !== undefined
  const at = several ? station.contractRequests.next(request.exiRequest, wanted.length) : 0
  const emaid = wanted[at] ?? ''
  const { chainPem, entry } = await authority.signContract(csr, emaid, validDays)
  const { serial, notAfter } = entry
  const signedAt = isoTime(domain.clock.wallMs())
  addContract(station.record, { emaid, serial, notAfter, signedAt, action: request.action })
  domain.stations.save(station.record)
  return {
    status: 'Accepted',
    exiResponse: exiOfChain(chainPem),
    ...(several && { remainingContracts: wanted.length - 1 - at }),
  }
}

/** The eMAIDs of those that may charge, in the order in which the vehicle wants them. */
function contractsFor(
  { prioritizedEMAIDs, maximumContractCertificateChains: most }: Get15118EVCertificateRequest,
  requested: string,
  { domain }: StationContext,
): readonly string[] {
  const own = prioritizedEMAIDs ?? [requested]
  const nowMs = domain.clock.wallMs()
  const accepted = [...new Set(own)].filter(
    (emaid) => authorize(domain.tokens, emaid, 'eMAID', nowMs).status === 'Accepted',
  )
  return accepted.slice(0, most ?? 1)
}

function failed(reasonCode: string, additionalInfo: string): Get15118EVCertificateResponse {
  return {
    status: 'Failed',
    statusInfo: { reasonCode, additionalInfo },
    exiResponse: '',
  }
}
