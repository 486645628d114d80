import type { Hook } from '../../src/conformance/hooks/hook.ts'

/** What a CSMS sends in place of what its operator ordered. */
export type Distortion = (payload: Readonly<Record<string, unknown>>) => object

/** The same hooks, but for one action. */
export function distorted(
  hooks: readonly Hook[],
  action: string,
  distortion: Distortion,
): readonly Hook[] {
  return hooks.map((hook) => ({
    name: hook.name,
    can: (version, wanted) => hook.can(version, wanted),
    order: (order) => {
      const payload = order.action === action ? distortion({ ...order.payload }) : order.payload
      return hook.order({ ...order, payload })
    },
  }))
}
