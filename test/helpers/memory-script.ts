import { ScriptDirector } from '../../src/csms/script/director.ts'
import { loadServeScript } from '../../src/csms/script/load-serve-script.ts'
import type { ScriptVerdict } from '../../src/csms/script/verdict.ts'
import { formatProblems } from '../../src/document/problem.ts'
import { memoryCsms } from './memory-csms.ts'

/** A management system on memory sockets that plays a script; lines of YAML after its name. */
export function memoryScript(text: string) {
  const file = `name: test\n${text}`
  const loaded = loadServeScript({ file: 'test.yaml', text: file })
  if ('problems' in loaded) throw new Error(formatProblems('test.yaml', file, loaded.problems))
  const director = new ScriptDirector(loaded.script)
  const csms = memoryCsms({ script: director, unknownTokens: 'accept' })
  let verdict: ScriptVerdict | undefined
  void director.ended.then((told) => {
    verdict = told
  })
  return {
    ...csms,
    director,
    /** Undefined while it goes on. */
    verdict: () => verdict,
    /** Lets time pass until all that is due has happened; then what came of it. */
    async judged(ms = 0): Promise<ScriptVerdict> {
      await csms.clock.run(ms)
      if (!verdict) throw new Error('the run goes on')
      return verdict
    },
  }
}
