import type { StationRecord } from './station.ts'

/** One idToken (1.6: idTag) on a station's local authorization list. */
interface LocalListEntry {
  readonly idToken: string
  /** 2.x: IdTokenEnumType. */
  readonly type?: string
  readonly status: string
  /** RFC 3339. */
  readonly expiry?: string
  readonly groupId?: string
}

/** What is known of a station's local authorization list. */
export interface LocalListRecord {
  /** As last accepted or reported: 0 = empty, -1 = the station has no such list [1.6 5.10]. */
  readonly version: number
  /** RFC 3339; when the version was last heard of. */
  readonly knownAt: string
  /** Undefined where it is not known what is in it: somebody else wrote it, or it is too long. */
  readonly entries: readonly LocalListEntry[] | undefined
}

export interface LocalListUpdate {
  readonly version: number
  readonly full: boolean
  /** An entry without `entry` leaves the list. */
  readonly changes: readonly {
    readonly idToken: string
    readonly type?: string
    readonly entry?: LocalListEntry
  }[]
}

/** Longer lists are not kept: the record is written with every change of its station. */
const mostEntries = 1000

/** The station accepted an update [1.6 5.15]. */
export function updateLocalList(record: StationRecord, update: LocalListUpdate, at: string): void {
  const before = update.full ? [] : entriesOf(record)
  const entries = before && changed(before, update)
  const kept = entries && entries.length <= mostEntries ? entries : undefined
  // A station reports 0 for an empty list, whatever version it was sent with.
  const version = entries?.length === 0 ? 0 : update.version
  record.localList = { version, knownAt: at, entries: kept }
}

/** The station reported its version; another than the known one means that the list is another. */
export function reportLocalList(record: StationRecord, version: number, at: string): void {
  const same = record.localList?.version === version
  const entries = version <= 0 ? [] : same ? record.localList?.entries : undefined
  record.localList = { version, knownAt: at, entries }
}

/** A station that nobody heard of a list from has an empty one. */
function entriesOf({ localList }: StationRecord): readonly LocalListEntry[] | undefined {
  return localList ? localList.entries : []
}

function changed(
  before: readonly LocalListEntry[],
  { changes }: LocalListUpdate,
): readonly LocalListEntry[] {
  const entries = new Map(before.map((entry) => [keyOf(entry), entry]))
  for (const change of changes) {
    if (change.entry) entries.set(keyOf(change), change.entry)
    else entries.delete(keyOf(change))
  }
  return [...entries.values()]
}

/** In 2.x tokens of one name and several types are several tokens. */
function keyOf({ idToken, type = '' }: Pick<LocalListEntry, 'idToken' | 'type'>): string {
  return `${type} ${idToken}`.toLowerCase()
}
