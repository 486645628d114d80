/**
 * What each shell reads to complete csms. They hand the words of the line to `csms completion suggest`,
 * which answers a line per suggestion (`value<TAB>what it is`) and, where files fit too, a line `:files`.
 */
export const shellScripts = {
  bash: `_csms_completion() {
  local line words cword cur
  # csms reads the words itself: a colon or an equals sign ends none.
  if declare -F _get_comp_words_by_ref > /dev/null; then
    _get_comp_words_by_ref -n =: -w words -i cword
  else
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
  fi
  cur=\${words[cword]}
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = :files ]; then
      compopt -o default 2> /dev/null
    else
      COMPREPLY+=("$(printf %q "\${line%%$'\\t'*}")")
    fi
  done < <("\${words[0]}" completion suggest -- "\${words[@]:1:cword}" 2> /dev/null)
  if declare -F __ltrim_colon_completions > /dev/null; then
    __ltrim_colon_completions "$cur"
  fi
}
complete -F _csms_completion csms
`,
  zsh: `#compdef csms
_csms() {
  local line files=
  local -a values
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=yes
    else
      # _describe takes "value:what it is".
      values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done < <("\${words[1]}" completion suggest -- "\${(@Q)words[2,CURRENT]}" 2> /dev/null)
  (( \${#values} )) && _describe csms values
  [[ -n $files ]] && _files
}
if [ "\${funcstack[1]}" = _csms ]; then
  _csms "$@"
else
  compdef _csms csms
fi
`,
  fish: `function __csms_suggest
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] completion suggest -- $words[2..] 2> /dev/null)
  for line in $lines
    if test "$line" = ':files'
      __fish_complete_path (commandline -ct)
    else
      printf '%s\\n' $line
    end
  end
end
complete -c csms -f -a '(__csms_suggest)'
`,
} as const satisfies Readonly<Record<string, string>>

export type Shell = keyof typeof shellScripts

export const shells = Object.keys(shellScripts) as readonly Shell[]
