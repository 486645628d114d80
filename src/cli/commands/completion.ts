import { Command } from 'commander'
import { type Shell, shellScripts, shells } from '../completion/shell-scripts.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'

const whereTo: Readonly<Record<Shell, string>> = {
  bash: 'Bash: add `source <(csms completion bash)` to ~/.bashrc.',
  zsh: 'Zsh: add `source <(csms completion zsh)` to ~/.zshrc, after compinit.',
  fish: 'Fish: csms completion fish > ~/.config/fish/completions/csms.fish',
}

/** `csms completion`: the Tab key of three shells. */
export const completion = (ctx: CliContext): Command => {
  const command = new Command('completion')
    .summary('make Tab complete commands, stations and actions')
    .description(
      'Print a script that makes Tab complete commands, options and their values, and, from a running csms, stations, idTokens and the actions of a station’s OCPP version.',
    )
  for (const shell of shells) {
    command
      .command(shell)
      .summary(`for ${shell}`)
      .description(whereTo[shell])
      .action(() => ctx.stdout.write(shellScripts[shell]))
  }
  return command
    .addCommand(suggestions(ctx), { hidden: true })
    .addHelpText(
      'after',
      examples(
        'csms completion bash >> ~/.bashrc',
        'csms completion fish > ~/.config/fish/completions/csms.fish',
      ),
    )
}

const suggestions = (ctx: CliContext): Command =>
  new Command('suggest')
    .summary('answer the shell')
    .description('Print what may stand in place of the last word, a line each: the scripts ask it.')
    .argument('[words...]', 'of the line after "csms"; after "--"')
    .action(async (words: readonly string[]) => {
      const { suggest } = await import('../completion/suggest.ts')
      const { values, files } = await suggest(ctx, words)
      for (const { value, about } of values) ctx.stdout.write(`${value}\t${about}\n`)
      if (files) ctx.stdout.write(':files\n')
    })
