import type { Behaviour16 } from './behaviour16.ts'

/**
 * Asks the CSMS for a new certificate after the answer to the CALL being served went out, or at the
 * station's own initiative [1.6 SWP A02, A03]: subject CN is the serial number, O the CpoName.
 *
 * @returns false where it cannot: no CpoName is set, or there is no crypto
 */
export function signChargePointCertificate(behaviour: Behaviour16): boolean {
  const { station, settings } = behaviour
  const organization = settings.value('CpoName')
  if (!station.certificates || organization === '') return false
  station.afterwards(() => station.unattended(request(behaviour, organization)))
  return true
}

async function request({ station }: Behaviour16, organization: string): Promise<void> {
  const { certificates } = station
  if (!certificates) return
  const commonName = station.serial ?? station.id
  const csr = await certificates.request({ commonName, organization })
  const outcome = await station.request('SignCertificate', { csr }, { triggered: true })
  const rejected =
    outcome.kind === 'result' &&
    'status' in outcome.payload &&
    outcome.payload.status === 'Rejected'
  if (rejected || outcome.kind === 'error') certificates.requestRefused()
}
