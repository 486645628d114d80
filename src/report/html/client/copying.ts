/** The buttons beside commands; absent where the browser lets nobody copy. */
export function prepareCopying(): void {
  if (!window.isSecureContext) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) prepare(button)
}

function prepare(button: HTMLButtonElement): void {
  const code = button.previousElementSibling
  if (!code) return
  const tell = (text: string) => () => {
    button.textContent = text
  }
  button.hidden = false
  button.addEventListener('click', () => {
    navigator.clipboard
      .writeText((code.textContent ?? '').trim())
      .then(tell('Copied'), tell('Not allowed'))
  })
  for (const left of ['pointerleave', 'blur']) button.addEventListener(left, tell('Copy'))
}
