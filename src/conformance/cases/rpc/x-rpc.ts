import { type OcppVersion, ocppVersions } from '../../../ocpp/version.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { raw } from '../moves.ts'
import { booted16 } from '../ocpp16/states16.ts'
import { booted201 } from '../ocpp201/states201.ts'

interface Row {
  /** Two digits. */
  readonly nn: string
  readonly title: string
  /** Default: all. */
  readonly versions?: readonly OcppVersion[]
  readonly tags?: readonly string[]
  /** After the station was accepted. */
  readonly moves: (version: OcppVersion) => readonly Move[]
}

const booted: Readonly<Record<OcppVersion, readonly Move[]>> = {
  'ocpp1.6': booted16,
  'ocpp2.0.1': booted201,
  'ocpp2.1': booted201,
}

function rpc({
  nn,
  versions = ocppVersions,
  tags = [],
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
    needs: [],
    tags: ['negative', ...tags],
    moves: [...booted[version], ...moves(version)],
  }))
}

/** What a CSMS does about frames that are wrong, late, too many, or odd: what no official set asks. */
export const rpcCases: readonly ConformanceCase[] = [
  rpc({
    nn: '01',
    title: 'An action that nobody knows is answered NotImplemented',
    moves: () => [
      raw('unknown action', '[2,"{id}","MakeCoffee",{}]', {
        pass: ['callError:NotImplemented'],
        warn: ['callError:NotSupported'],
        clause: '1.6J 4.2.3, 2.0.1 Part 4 4.3',
      }),
    ],
  }),
].flat()
