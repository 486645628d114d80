import { vi } from 'vitest'

/*
 * Property tests draw the same each time, so that what was green stays green. `CSMS_TEST_SEED` looks
 * elsewhere: a whole number, or `random`. What fails tells its seed and path.
 */
const wanted = process.env['CSMS_TEST_SEED'] ?? '1'
if (!/^(-?\d+|random)$/.test(wanted)) throw new Error('CSMS_TEST_SEED: a whole number, or random')
const seed = wanted === 'random' ? {} : { seed: Number(wanted) }

// Before vitest gives a test up, which would leave seed and path untold.
const inTime = { interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true }

// Most tests have no properties, and need not load what draws them.
vi.mock(import('fast-check'), async (load) => {
  const fastCheck = await load()
  fastCheck.configureGlobal({ ...seed, ...inTime })
  return fastCheck
})
