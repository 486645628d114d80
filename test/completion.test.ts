import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectStation } from '../src/harness/connect-station.ts'
import { root } from './helpers/cli.ts'
import { Serve } from './helpers/serve.ts'
import { shellThere } from './helpers/shells.ts'

/* Tab in real shells, beside a running csms. */

const run = promisify(execFile)
let folder: string
let serve: Serve

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-tab-'))
  await symlink(join(root, 'bin/csms.js'), join(folder, 'csms'))
  serve = await Serve.start()
})
afterAll(async () => {
  await serve[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** What a shell prints that has read its script and then runs this. */
async function printed(shell: string, script: string): Promise<readonly string[]> {
  const path = [folder, process.env['PATH']].join(delimiter)
  const env = { ...process.env, PATH: path, CSMS_API: serve.api }
  const { stdout } = await run(shell, ['-c', script], { env })
  return stdout.split('\n').filter((line) => line !== '')
}

test.skipIf(!shellThere('bash'))('bash completes commands, stations and actions', async () => {
  const station = await connectStation(serve.url, { id: 'CP 1', protocol: 'ocpp2.1' })
  const tab = (...words: readonly string[]) =>
    printed(
      'bash',
      `source <(csms completion bash)
      COMP_WORDS=(csms ${words.join(' ')}) COMP_CWORD=${words.length}
      _csms_completion; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
  expect(await tab('simu')).toEqual(['simulate'])
  expect(await tab('send', "''")).toEqual(['CP\\ 1'])
  expect(await tab('send', "'CP 1'", 'SetVar')).toEqual(['SetVariableMonitoring', 'SetVariables'])
  station.close()
})

test.skipIf(!shellThere('fish'))('fish completes them too, and says what each is', async () => {
  const tab = (line: string) =>
    printed('fish', `csms completion fish | source; complete -C ${JSON.stringify(line)}`)
  expect(await tab('csms simu')).toEqual([expect.stringMatching(/^simulate\trun a scenario/)])
  expect(await tab('csms send CP1 AFRR')).toEqual(['AFRRSignal\tocpp2.1'])
})

test.skipIf(!shellThere('zsh'))('zsh reads its script', async () => {
  const script = 'autoload -Uz compinit && compinit -u -D; source <(csms completion zsh)'
  expect(await printed('zsh', `${script}; print \${_comps[csms]}`)).toEqual(['_csms'])
})
