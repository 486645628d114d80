import type { ConformanceCase } from '../../src/conformance/cases/case.ts'
import type { Hook } from '../../src/conformance/hooks/hook.ts'
import { type PlayedCase, runConformance } from '../../src/conformance/run/conformance-run.ts'
import { defaultFixtures, type Fixtures } from '../../src/conformance/run/fixtures.ts'
import type { CsmsOptions } from '../../src/csms/options.ts'
import type { Dial } from '../../src/ocpp/dial.ts'
import { memorySockets } from '../../src/ocpp/memory-socket.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import type { Socket } from '../../src/ocpp/socket.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'
import { memoryCsms } from './memory-csms.ts'

const validators = new PayloadValidators(officialValidators)

/** What a faulty CSMS does with a text of the station, or with its own; undefined: it goes on as it is. */
export interface Fault {
  /** A text in its place, for the CSMS; null: none. */
  readonly hears?: (text: string, ear: Ear) => string | null | undefined
  /** A text in its place, for the station. */
  readonly says?: (text: string) => string | undefined
  /** Whether the connection with this number, from 1 on, is refused. */
  readonly refuses?: (connection: number) => boolean
}

export interface Ear {
  /** Answers in place of the CSMS. */
  reply(frame: readonly unknown[]): void
  close(): void
  /** From 1 on. */
  readonly connection: number
  /** Of what was heard before, over all connections of the case. */
  readonly heard: readonly string[]
}

interface Played {
  readonly version: OcppVersion
  readonly cases: readonly ConformanceCase[]
  readonly fault?: Fault
  /** Beside the usual ones. */
  readonly fixtures?: Partial<Fixtures>
  /** That the CSMS knows beside the usual one. */
  readonly tokens?: NonNullable<CsmsOptions['tokens']>
}

/** Plays cases against the embedded management system on memory sockets, in virtual time. */
export async function playedInMemory({
  version,
  cases,
  fault = {},
  fixtures = {},
  tokens = [],
}: Played): Promise<readonly PlayedCase[]> {
  const csms = memoryCsms({
    callTimeoutMs: 3000,
    tokens: [{ idToken: defaultFixtures.token, status: 'Accepted' }, ...tokens],
  })
  const heard: string[] = []
  const connections = new Map<string, number>()
  const dial: Dial = ({ url }, { opened, failed }) => {
    const stationId = new URL(url).pathname.slice(1)
    const connection = (connections.get(stationId) ?? 0) + 1
    connections.set(stationId, connection)
    const [station, near] = memorySockets(version)
    const [far, theirs] = memorySockets(version)
    queueMicrotask(() => {
      if (fault.refuses?.(connection)) {
        failed('http', 'HTTP 409', 409)
        return
      }
      const security = { profile: 0 } as const
      csms.gateway.accept(theirs, { stationId, version, remoteAddress: '127.0.0.1', security })
      relay(near, far, connection)
      opened(station)
    })
    return () => {}
  }
  const relay = (near: Socket, far: Socket, connection: number) => {
    const ear: Ear = {
      reply: (frame) => near.send(JSON.stringify(frame)),
      close: () => near.close(1011),
      connection,
      heard,
    }
    const passed = (from: Socket, to: Socket, text: (heard: string) => string | null) =>
      from.listen({
        text: (said) => {
          const through = text(said)
          if (through !== null) to.send(through)
        },
        binary: () => {},
        closed: (code, reason) => (code === 1006 ? to.terminate() : to.close(code, reason)),
      })
    passed(near, far, (said) => {
      const through = fault.hears?.(said, ear)
      heard.push(said)
      return through === undefined ? said : through
    })
    passed(far, near, (said) => fault.says?.(said) ?? said)
  }
  const hook: Hook = {
    name: 'the memory csms',
    can: () => true,
    async order({ stationId, action, payload }) {
      await csms.commander.send(stationId, action, payload)
      return { kind: 'accepted' }
    },
  }
  let results: readonly PlayedCase[] | undefined
  const played = runConformance({
    version,
    target: { url: 'ws://csms', headers: {} },
    cases,
    hooks: [hook],
    fixtures: { ...defaultFixtures, callTimeoutMs: 3000, ...fixtures },
    stationId: (lane, id) => `${id}-${lane}`,
    dial,
    validators,
    clock: csms.clock,
    runId: 'test',
    parallel: 1,
    retries: 0,
    timeoutMs: 2000,
    silenceMs: 500,
  }).then((all) => {
    results = all
  })
  for (let minutes = 0; !results && minutes < 60; minutes += 1) await csms.clock.run(60_000)
  await played
  return results ?? []
}

/** The elements of a frame; none where it is no frame. */
export function frameOf(text: string): readonly unknown[] {
  try {
    const frame: unknown = JSON.parse(text)
    return Array.isArray(frame) ? frame : []
  } catch {
    return []
  }
}
