type Theme = 'light' | 'dark'

const key = 'csms-report-theme'

/**
 * The toggle between light and dark, remembered where the browser remembers things.
 *
 * @param changed called after the colours changed
 */
export function prepareTheme(changed: () => void): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const button = document.querySelector<HTMLButtonElement>('[data-theme-toggle]')
  const current = (): Theme => chosen() ?? (system.matches ? 'dark' : 'light')
  const show = (): void => {
    if (button) button.textContent = current() === 'dark' ? 'Light' : 'Dark'
    changed()
  }
  const stored = remembered()
  if (stored) root.dataset['theme'] = stored
  if (button) button.hidden = false
  show()
  button?.addEventListener('click', () => {
    const next = current() === 'dark' ? 'light' : 'dark'
    root.dataset['theme'] = next
    remember(next)
    show()
  })
  system.addEventListener('change', show)
}

function chosen(): Theme | undefined {
  return themeOf(document.documentElement.dataset['theme'])
}

/** On paper, which is light, everything is unfolded. */
export function preparePaper(changed: () => void): void {
  let folded: HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const details of folded) details.open = true
    changed()
  })
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false
    changed()
  })
}

/** A page from a file may not be allowed to remember anything. */
function remembered(): Theme | undefined {
  try {
    return themeOf(localStorage.getItem(key))
  } catch {
    return undefined
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Then it holds until the page is closed.
  }
}

function themeOf(text: string | null | undefined): Theme | undefined {
  return text === 'light' || text === 'dark' ? text : undefined
}
