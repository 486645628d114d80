import { readFile } from 'node:fs/promises'
import type { KeyPair } from '../../ocpp/dial.ts'
import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { Signer } from '../../platform/pki/issue.ts'
import { newKeyPair } from '../../platform/pki/keys.ts'
import type { FleetPlan } from '../scenario/plan.ts'
import type { StationIdentity } from '../scenario/station-identity.ts'
import type { FleetSecurity } from '../station/fleet-security.ts'
import type { KeyFiles, StationIssuer, TargetPlan } from './worker-messages.ts'

type Clients = (station: StationIdentity) => Promise<KeyPair | undefined>

/** What the command line says comes before what the scenario says. */
export function fleetSecurity(plan: FleetPlan, target: TargetPlan): FleetSecurity {
  const files = target.client ?? plan.security?.client
  const clients = files ? fromFiles(files) : target.issuer && fromIssuer(target.issuer)
  return {
    profile: profileOf(plan, target),
    ca: target.ca ?? plan.security?.ca,
    trustsAnyone: target.insecure,
    hasClients: clients !== undefined,
    reaches: (profile) => target.urls.some((url) => isSecure(url) === profile >= 2),
    clientOf: clients ?? none,
  }
}

/** Where the scenario does not say it, the URL and what stations were given do. */
function profileOf({ security, password }: FleetPlan, target: TargetPlan): SecurityProfile {
  if (security) return security.profile
  if (target.urls.some((url) => !isSecure(url))) return password === undefined ? 0 : 1
  return target.client ? 3 : 2
}

export function isSecure(url: string): boolean {
  return url.startsWith('wss:')
}

const none: Clients = () => Promise.resolve(undefined)

/** Files without `{id}` are one certificate for all, and read once. */
function fromFiles({ cert, key }: KeyFiles): Clients {
  const read = async (id: string): Promise<KeyPair> => {
    const file = (template: string) => template.replaceAll('{id}', encodeURIComponent(id))
    const [certText, keyText] = await Promise.all([
      readFile(file(cert), 'utf8'),
      readFile(file(key), 'utf8'),
    ])
    return { cert: certText, key: keyText }
  }
  if (cert.includes('{id}') || key.includes('{id}')) return ({ id }) => read(id)
  let shared: Promise<KeyPair> | undefined
  return () => {
    shared ??= read('')
    return shared
  }
}

const dayMs = 86_400_000
/** Stations ask for a new certificate in the last month of one [1.6 SWP A03.FR.02]: not of these. */
const validDays = 365

/** Every station gets a key of its own and a certificate for it when it first connects. */
function fromIssuer(issuer: StationIssuer): Clients {
  let signer: Promise<Signer> | undefined
  const notAfterMs = issuer.fromMs + validDays * dayMs
  const made = new Map<string, Promise<KeyPair>>()
  const make = async ({ id, serial }: StationIdentity): Promise<KeyPair> => {
    signer ??= signerOf(issuer)
    const { keyPem, publicKey } = await newKeyPair('ecdsa')
    const { certificatePem } = (await signer).issue({
      role: 'station',
      // The subject holds the serial number [1.6 SWP A00.FR.405].
      subject: { commonName: serial ?? id, organization: issuer.organization },
      publicKey,
      notBeforeMs: issuer.fromMs,
      notAfterMs,
    })
    return { cert: certificatePem + issuer.certificatePem, key: keyPem }
  }
  return (station) => {
    const known = made.get(station.id) ?? make(station)
    made.set(station.id, known)
    return known
  }
}

/** Runs without certificates need not load what makes them. */
async function signerOf(issuer: StationIssuer): Promise<Signer> {
  const { Signer } = await import('../../platform/pki/issue.ts')
  return Signer.of(issuer)
}
