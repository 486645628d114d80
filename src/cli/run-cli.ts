import { Command, CommanderError } from 'commander'
import { packageVersion } from '../platform/package-version.ts'
import { CsmsError, messageOf } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { commands } from './command-table.ts'
import type { CliContext } from './context.ts'
import { environmentName } from './environment-name.ts'
import { examples } from './examples.ts'
import { harmless } from './harmless.ts'

/**
 * Parses the command line and runs the command. Never throws: whatever goes wrong becomes a sentence
 * on standard error and an exit code.
 */
export async function runCli(ctx: CliContext): Promise<void> {
  try {
    const root = await rootCommand(ctx)
    await root.parseAsync([...ctx.argv], { from: 'user' })
  } catch (error) {
    report(ctx, error)
  }
}

/** The root with one real command (the one asked for) among names and summaries of the others. */
export async function rootCommand(ctx: CliContext): Promise<Command> {
  const root = new Command('csms')
    .description('An embedded OCPP management system and a city of scripted charging stations.')
    .version(packageVersion(), '-V, --version')
    .option('--verbose', 'show the stack of an unexpected error')
    .option('--config <file>', 'settings file (default: csms.config.yaml where there is one)')
    .addHelpText(
      'after',
      examples(
        'csms simulate scenarios/quickstart.yaml',
        'csms serve --port 9000',
        'csms help simulate',
      ),
    )
    .hook('preAction', async (_root, command) => {
      const { applySettings } = await import('./apply-settings.ts')
      await applySettings(ctx, root.opts<{ config?: string }>().config, command)
    })
  const wanted = ctx.argv.find((argument) => Object.hasOwn(commands, argument))
  for (const [name, entry] of Object.entries(commands)) {
    if (name === wanted) root.addCommand(await entry.load(ctx))
    else root.command(name).description(entry.summary)
  }
  frame(root, ctx)
  return root
}

/** What every command shares: no `process.exit`, output through the context, mirrors in the help. */
function frame(command: Command, ctx: CliContext): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => ctx.stdout.write(text),
      writeErr: (text) => ctx.stderr.write(text),
      getOutHasColors: () => ctx.colour,
      getErrHasColors: () => ctx.colour,
    })
    .configureHelp({
      // Below the default of 40 nothing would fold beside a long name.
      minWidthToWrap: 20,
      optionDescription(option) {
        // Many choices in one word would not fold.
        const many = (option.argChoices ?? []).length > 5
        const extra = option.argChoices ? [option.argChoices.join(many ? ', ' : '|')] : []
        if (option.defaultValue !== undefined && option.defaultValue !== false) {
          extra.push(`default: ${option.defaultValueDescription ?? String(option.defaultValue)}`)
        }
        if (command.parent && option.name() !== 'help') {
          extra.push(environmentName(command, option))
        }
        return option.description + (extra.length > 0 ? ` (${extra.join(', ')})` : '')
      },
    })
  for (const child of command.commands) frame(child, ctx)
}

function report(ctx: CliContext, error: unknown): void {
  const verbose = ctx.argv.includes('--verbose')
  if (error instanceof CommanderError) {
    ctx.exit(error.exitCode === 0 ? exitCodes.passed : exitCodes.usage)
  } else if (error instanceof CsmsError) {
    ctx.stderr.write(`${harmless(error.message, ctx)}\n`)
    if (verbose) ctx.stderr.write(`${error.code} ${error.stack ?? ''}\n`)
    ctx.exit(error.exit)
  } else {
    const text = messageOf(error)
    const stack = verbose && error instanceof Error ? error.stack : undefined
    ctx.stderr.write(`Fault in csms: ${harmless(text, ctx)}\n`)
    ctx.stderr.write(
      `${stack ?? 'Run it again with --verbose to see where, and please report it.'}\n`,
    )
    ctx.exit(exitCodes.internalFault)
  }
}
