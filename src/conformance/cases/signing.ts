import { createPrivateKey } from 'node:crypto'
import type { KeyKind } from '../../ocpp/station-crypto.ts'
import { makeSigningRequest } from '../../platform/pki/signing-request.ts'
import { stationCrypto } from '../../platform/pki/station-crypto.ts'
import type { Scene } from '../play/scene.ts'
import { CaseError } from '../play/stage.ts'
import type { Level, Move } from './case.ts'
import { does } from './moves.ts'
import { now } from './values.ts'

/** A certificate that a station asks for. */
export interface WantedCertificate {
  /** Value that holds its CN: what the station says its serial number is, or its SECC id. */
  readonly name: string
  /** Value that holds the PEM of the root that it must lead to. */
  readonly root: string
  /** Who is at the other end of its connections: default `server`, the CSMS. */
  readonly peer?: 'server' | 'client'
  readonly clause: string
  readonly level?: Level
}

/** The kind of a key that the CSMS knows already: fixture of its PEM. */
export interface KeyKindOf {
  readonly keyOf: string
}

function kindOf(keyPem: string): KeyKind {
  try {
    return createPrivateKey(keyPem).asymmetricKeyType === 'rsa' ? 'rsa' : 'ecdsa'
  } catch (error) {
    throw new CaseError(`no private key: ${String(error)}`)
  }
}

function text({ values }: Scene, name: string): string {
  const found = values.get(name)
  return typeof found === 'string' ? found : ''
}

const subjectOf = (scene: Scene, name: string) => ({
  commonName: text(scene, name),
  organization: text(scene, 'organization'),
})

/**
 * A new key, and the request to sign it: `csr` and `newKey` from here on. CN is what `name` holds, O
 * the operator [1.6 SWP A02.FR.13] [2.0.1 A02.FR.03].
 */
export function requestMade(
  kind: KeyKind | KeyKindOf,
  { name }: Pick<WantedCertificate, 'name'>,
): Move {
  const words = typeof kind === 'string' ? `${kind} key` : `key of the kind of ${kind.keyOf}`
  return does(`a new ${words} and the request to sign it`, async (scene) => {
    const wanted = typeof kind === 'string' ? kind : kindOf(text(scene, kind.keyOf))
    const { csrPem, keyPem } = await makeSigningRequest(subjectOf(scene, name), wanted)
    scene.values.set('csr', csrPem)
    scene.values.set('newKey', keyPem)
  })
}

/** The certificate in `chain` is one for `newKey`, and leads to the root. */
export function chainFits({ name, root, peer, clause, level }: WantedCertificate): Move {
  return does('the certificate that came', (scene) => {
    const objection = stationCrypto.objectionToSigned({
      certificatePem: text(scene, 'chain'),
      keyPem: text(scene, 'newKey'),
      subject: subjectOf(scene, name),
      roots: [text(scene, root)],
      nowMs: Date.parse(String(scene.values.fill(now()))),
      ...(peer && { peer }),
    })
    scene.check('certificateChain', objection === undefined, {
      detail: objection ?? 'of the key of the request, and signed by an authority that is trusted',
      clause,
      ...(level && { level }),
    })
  })
}
