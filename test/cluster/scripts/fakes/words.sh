# shellcheck shell=sh
# Reads a command line as the pinned tool would, and refuses what its --help does not list (flags.tsv). Sets `command`
# (`kubeadm init`), `operands` (a word a line), and flag_NAME for each flag that was given: its value, or `true`.
# Sourced after fake.sh, with the tool's own words.

# shellcheck disable=SC2034 # the fakes read them
command='' operands=''

read_words() {
  assignments=$(awk '
    function quoted(text) { gsub(/\047/, "\047\\\047\047", text); return "\047" text "\047" }
    function refuse(text) { print "unknown " quoted(text); exit }
    BEGIN {
      table = ARGV[1]; tool = ARGV[2]
      while ((getline line < table) > 0) {
        split(line, half, "\t")
        if (index(half[1], tool " ") != 1) continue
        commands[half[1]] = 1
        count = split(half[2], flags, " ")
        for (i = 1; i <= count; i++) {
          name = flags[i]; valued = sub(/=$/, "", name)
          known[half[1] " " name] = 1
          if (valued) takes[name] = 1
        }
      }
      command = ""; operands = 0
      for (i = 3; i < ARGC; i++) {
        word = ARGV[i]
        if (word == "--") refuse("--")
        if (word ~ /^-/) {
          name = word; value = "true"
          if (match(word, /=/)) { name = substr(word, 1, RSTART - 1); value = substr(word, RSTART + 1) }
          else if (name in takes) value = ARGV[++i]
          given[++givens] = name; values[givens] = value
        } else words[++operands] = word
      }
      longest = tool; used = 0; candidate = tool
      for (i = 1; i <= operands; i++) {
        candidate = candidate " " words[i]
        if (candidate in commands) { longest = candidate; used = i }
      }
      if (!(longest in commands)) refuse("command of: " candidate)
      print "command=" quoted(longest)
      for (i = 1; i <= givens; i++) {
        if (!((longest " " given[i]) in known)) refuse(longest " " given[i])
        name = substr(given[i], 3); gsub(/-/, "_", name)
        print "flag_" name "=" quoted(values[i])
      }
      text = ""
      for (i = used + 1; i <= operands; i++) text = text (text == "" ? "" : "\n") words[i]
      print "operands=" quoted(text)
      exit
    }' /harness/fakes/flags.tsv "${TOOL}" "$@")
  eval "${assignments}"
}
