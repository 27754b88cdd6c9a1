/// The scripts that teach shells to complete: what the argument parser makes, and what it cannot
/// know: that a preset may stand where a command does, and that values follow an equals sign.
enum CompletionScript {
  /// The option that asks for a script.
  static let option = "--generate-completion-script"

  /// The shell that a command line asks for; nil: it asks for no script.
  static func shell(_ arguments: [String]) -> String? {
    guard let place = arguments.firstIndex(where: { $0.hasPrefix(option) }) else { return nil }
    let named = arguments[place].split(separator: "=").dropFirst().first.map(String.init)
    return named ?? arguments.dropFirst(place + 1).first ?? ""
  }

  /// The script for a shell, made of the parser's.
  static func text(_ script: String, shell: String, commands: [String]) -> String {
    switch shell {
    case "bash":
      return script.replacing(
        "complete -o filenames -F _glissade glissade", with: bash(commands))
    case "zsh":
      return script.replacing(
        "        _describe -V subcommand subcommands && ret=0\n",
        with: "        _describe -V subcommand subcommands && ret=0\n" + zshPresets
      ).replacing(
        "            \"_glissade_${words[1]}\" && ret=0\n            ;;\n",
        with: "            \"_glissade_${words[1]}\" && ret=0\n            ;;\n" + zshExplore)
    case "fish": return script + "\n" + fish + "\n"
    default: return script
    }
  }

  private static func bash(_ commands: [String]) -> String {
    """
    # A first word that is no command is a preset, as after `explore`.
    _glissade_or_explore() {
        local -r commands=" \(commands.joined(separator: " ")) "
        local -r first=" ${COMP_WORDS[1]} "
        if [[ ${COMP_CWORD} -eq 1 ||
            "${COMP_WORDS[1]}" != -* && "${commands}" != *"${first}"* ]]; then
            [[ ${COMP_CWORD} -eq 1 ]] && _glissade "$@"
            local -r program="${COMP_WORDS[0]}"
            COMP_LINE="${program} explore${COMP_LINE#"${program}"}"
            COMP_POINT=$((COMP_POINT + 8))
            COMP_WORDS=("${program}" explore "${COMP_WORDS[@]:1}")
            COMP_CWORD=$((COMP_CWORD + 1))
        fi
        _glissade "$@"
        # A value follows at once, and an equals sign needs no backslash.
        if [[ ${#COMPREPLY[@]} -gt 0 && "${COMPREPLY[0]}" == *=* ]]; then
            compopt +o filenames
            local -r space='\\ '
            COMPREPLY=("${COMPREPLY[@]// /"${space}"}")
            [[ "${COMPREPLY[0]}" == *= ]] && compopt -o nospace
        fi
        return 0
    }

    # `optimizer=adam` is one word.
    COMP_WORDBREAKS="${COMP_WORDBREAKS//=/}"
    complete -o filenames -F _glissade_or_explore glissade
    """
  }

  /// Presets where a command may stand.
  private static let zshPresets = """
            __glissade_custom_complete ---completion explore -- positional@0 \
    "${current_word_index}" "$(__glissade_cursor_index_in_current_word)" && ret=0

    """

  /// A first word that is no command is a preset, as after `explore`.
  private static let zshExplore = """
            *)
                _glissade_explore && ret=0
                ;;

    """

  private static let fish = """
    complete -c 'glissade' -n '__glissade_should_offer_completions_for_positional "glissade" -eq \
    1' \
    -fka '(__glissade_custom_completion ---completion explore -- positional@0 \
    (count (__glissade_tokens -pc)) (__glissade_tokens -tC))'
    """
}
