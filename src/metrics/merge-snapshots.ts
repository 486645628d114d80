import { Recorder } from './recorder.ts'
import type { Snapshot } from './snapshot.ts'

/** The counts of several workers as one; in which order and in which groups makes no difference. */
export function mergeSnapshots(snapshots: readonly Snapshot[]): Snapshot {
  const [first] = snapshots
  if (first && snapshots.length === 1) return first
  const merged = new Recorder(0)
  for (const snapshot of snapshots) merged.absorb(snapshot)
  return merged.snapshot()
}
