import { type OcppVersion, ocppVersions } from '../../../ocpp/version.ts'
import type { ConformanceCase, Move, Reaction } from '../case.ts'
import { citing, clauseFor } from '../clauses.ts'
import { does } from '../moves.ts'
import { booted16 } from '../ocpp16/states16.ts'
import { booted21 } from '../ocpp21/states21.ts'
import { booted201 } from '../ocpp201/states201.ts'

interface Row {
  /** Two digits. */
  readonly nn: string
  readonly title: string
  /** Default: all. */
  readonly versions?: readonly OcppVersion[]
  readonly tags?: readonly string[]
  readonly needs?: readonly string[]
  /** After the station was accepted. Then it must still be served. */
  readonly moves: (version: OcppVersion) => readonly Move[]
}

const booted: Readonly<Record<OcppVersion, readonly Move[]>> = {
  'ocpp1.6': booted16,
  'ocpp2.0.1': booted201,
  'ocpp2.1': booted21,
}

/**
 * A case of each version: the station boots, the moves happen, and the CSMS still serves it. Clauses of
 * moves name what all versions say; a case names what its own does.
 */
export function rpc({
  nn,
  versions = ocppVersions,
  tags = [],
  needs = [],
  moves,
  title,
}: Row): readonly ConformanceCase[] {
  return versions.map((version) => ({
    id: `X_RPC_${nn}`,
    title,
    version,
    profile: 'RPC',
    group: 'RPC',
    source: { document: 'OCPP-J and RFC 6455; no official ids exist', edition: 'csms' },
    stability: 'stable',
    needs,
    tags: ['negative', ...tags],
    moves: [...booted[version], ...moves(version), stillServed].map((move) =>
      citing(move, (clause) => clauseFor(version, clause)),
    ),
  }))
}

/** Where there are message types, error codes and ids that 1.6 does not have. */
export const versions2x: readonly OcppVersion[] = ['ocpp2.0.1', 'ocpp2.1']

/** A Heartbeat is answered, over a new connection where hanging up was legal. */
export const stillServed: Move = does('the station is still served', async (scene) => {
  const { probe, connect, timeoutMs } = scene.stage
  if (!probe.open) await connect({})
  const answer = await probe.call('Heartbeat', {}, timeoutMs)
  scene.check('still served', answer.kind === 'result', {
    detail: `the next Heartbeat: ${answer.kind}`,
    clause: '1.6J 4.1, 2.0.1 Part 4 4.1',
    ...(answer.kind === 'result' && { frame: answer.frame }),
  })
})

/** The codes for a payload that its schema does not let through; none is bound to a fault. */
const violations: readonly Reaction[] = [
  'callError:FormatViolation',
  'callError:OccurrenceConstraintViolation',
  'callError:PropertyConstraintViolation',
  'callError:TypeConstraintViolation',
  'callError:ProtocolError',
]

/**
 * A CALL that breaks the schema is answered with a code that says so; any other code is odd, and 2.x
 * lets its receiver drop the message [2.0.1 Part 4 4.2.3].
 */
export function violated(
  version: OcppVersion,
  tolerated: readonly Reaction[] = [],
): { readonly pass: readonly Reaction[]; readonly warn: readonly Reaction[] } {
  const dropped: readonly Reaction[] = version === 'ocpp1.6' ? [] : ['silence']
  return { pass: violations, warn: ['callError', ...dropped, ...tolerated] }
}
