import { mergeSnapshots } from '../../metrics/merge-snapshots.ts'
import type { RunFacts, SpanFacts } from '../run-facts.ts'

/** Parts of steady that all runners got to; of one that only some did, nothing is claimed. */
export function mergeSpans(all: readonly RunFacts[]): SpanFacts[] {
  const [first, ...others] = all
  return (first?.spans ?? []).flatMap((span) => {
    const same = [span]
    for (const { spans = [] } of others) {
      const one = spans.find(({ fromMs, toMs }) => fromMs === span.fromMs && toMs === span.toMs)
      if (one) same.push(one)
    }
    if (same.length < all.length) return []
    const counted = mergeSnapshots(same.map((one) => one.counted))
    return [{ ...span, counted, seconds: Math.max(...same.map(({ seconds }) => seconds)) }]
  })
}
