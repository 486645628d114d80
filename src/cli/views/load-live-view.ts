import process from 'node:process'
import type { LiveView } from './live-view.ts'

/** Read by React and by what Ink colours with when they are loaded, and never again. */
const wanted = {
  // React's development build keeps a performance entry for every component it ever drew.
  NODE_ENV: 'production',
  // Whoever draws has looked at the terminal; Ink would look at standard output.
  FORCE_COLOR: '1',
} as const

/** Loads the live view, and Ink and React with it: nobody else waits for them. */
export async function loadLiveView(): Promise<typeof LiveView> {
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, wanted)
  try {
    const view = await import('./live-view.ts')
    return view.LiveView
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
