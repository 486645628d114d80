import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyPair } from '../ocpp/dial.ts'
import { realClock } from '../platform/real-clock.ts'
import type { StationIssuer } from '../simulator/workers/worker-messages.ts'
import type { ServerTls } from '../transport/tls-settings.ts'

/** Certificates for one run: those of the embedded CSMS, and the CA that its stations' come from. */
export interface Lab {
  /** A PKI as `csms certs init` makes it. */
  readonly folder: string
  readonly tls: ServerTls
  /** PEM of the root. */
  readonly ca: string
  readonly issuer: StationIssuer
  /** Nothing of it outlives the run. */
  remove(): Promise<void>
}

const organization = 'csms lab'
const validDays = 30

/** @param addresses what the embedded CSMS listens on */
export async function openLab(addresses: readonly string[]): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-lab-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    // Runs without certificates need not load what makes them.
    const { makeLabPki } = await import('../platform/pki/lab-pki.ts')
    await makeLabPki({
      folder,
      hosts: ['localhost', ...addresses],
      stations: [],
      organization,
      kind: 'ecdsa',
      days: validDays,
      clock: realClock,
    })
    const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8')
    const pair = async (...path: string[]): Promise<KeyPair> => {
      const name = path.pop() ?? ''
      return {
        cert: await read(...path, `${name}.pem`),
        key: await read(...path, `${name}.key`),
      }
    }
    const ca = await read('trust.pem')
    const sub = await pair('ca', 'sub')
    const certificates = [await pair('server', 'rsa'), await pair('server', 'ecdsa')]
    return {
      folder,
      tls: { certificates, clientCa: ca },
      ca,
      issuer: {
        certificatePem: sub.cert,
        keyPem: sub.key,
        organization,
        fromMs: realClock.wallMs() - 60_000,
      },
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
