import { showNumber, showShare } from '../figures.ts'
import type { ThresholdReport } from '../result.ts'

const condition = /(<=|>=|===|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/

export interface Margin {
  /** `75 % below the limit`. */
  readonly text: string
  /** Actual over limit, where a limit is a length to be filled; null elsewhere. */
  readonly used: number | null
}

/** How far a threshold was from failing, or failed by. */
export function marginOf({ expression, actual }: ThresholdReport): Margin {
  const [, operator = '', bound = ''] = condition.exec(expression) ?? []
  if (actual === null || operator === '') return { text: '–', used: null }
  const limit = Number(bound)
  const distance = actual - limit
  if (distance === 0 && operator.startsWith('=')) return { text: 'exactly', used: null }
  if (distance === 0) return { text: 'at the limit', used: limit > 0 ? 1 : null }
  const side = distance < 0 ? 'below' : 'above'
  if (limit <= 0) return { text: `${showNumber(Math.abs(distance))} ${side}`, used: null }
  const share = Math.abs(distance) / limit
  const size =
    share > 10 ? `${showNumber(share + 1)} times the limit` : `${showShare(share)} ${side}`
  return { text: size, used: operator.startsWith('<') ? actual / limit : null }
}
