# Reads one call of a tool against its flag tables: awk -f parse.awk -- <log> <tables, divided by spaces> <tool> <arguments…>
# Writes the call into the log first, then variables for /bin/sh to stdout: command, arguments, argument_<n>, given_flags, flag_<name>,
# all_<name> (one value a line). Ends with 64 where the tool would not take the call, and says why on stderr.

BEGIN {
  for (i = 3; i < ARGC; i++) words = words (i > 3 ? "," : "") json(ARGV[i])
  printf "{\"cwd\":%s,\"argv\":[%s]}\n", json(ENVIRON["PWD"]), words >> ARGV[1]
  close(ARGV[1])

  tool = command = ARGV[3]
  tables = split(ARGV[2], table, " ")
  for (i = 1; i <= tables; i++) read_table(table[i])

  for (i = 4; i < ARGC; i++) {
    word = ARGV[i]
    if (ended || word == "-" || word !~ /^-/) take_word(word)
    else if (word == "--") ended = 1
    else i = take_flag(word, i)
  }
  if (command in prefix) refuse("`" command "` is no command; expected one of" prefix[command])
  for (name in required) {
    split(name, of, SUBSEP)
    if (of[1] == command && !(of[2] in given)) refuse("`" command "` wants " of[2])
  }
  for (name in given) names = names " " name
  printf "command=%s\narguments=%d\ngiven_flags=%s\n%s", quoted(substr(command, length(tool) + 2)), arguments + 0, quoted(names), variables
  for (name in all) printf "all_%s=%s\n", name, quoted(all[name])
}

# Lines at the margin are commands, indented ones their flags: `--file -f VALUE required`.
function read_table(file,    line, field, count, current, i, names, value, parent) {
  while ((getline line < file) > 0) {
    if (line ~ /^#/ || line == "") continue
    count = split(line, field, " ")
    if (line !~ /^ /) {
      current = line
      commands[current] = 1
      for (parent = current; sub(/ [^ ]+$/, "", parent);) {
        if (!(parent in commands)) commands[parent] = 1
        prefix[parent] = prefix[parent] " `" current "`"
      }
      continue
    }
    value = "none"
    for (i = 1; i <= count; i++) if (field[i] !~ /^-/ && field[i] != "required") value = field[i]
    for (i = 1; i <= count; i++) if (field[i] ~ /^-/) {
      takes[current, field[i]] = value
      name_of[current, field[i]] = field[1]
    }
    if (field[count] == "required") required[current, field[1]] = 1
  }
  close(file)
}

function take_word(word) {
  if (!arguments && !ended && (command in prefix)) {
    if ((command " " word) in commands) {
      command = command " " word
      return
    }
    refuse("`" command " " word "` is unknown to the flag tables; known:" prefix[command])
  }
  arguments++
  variables = variables "argument_" arguments "=" quoted(word) "\n"
}

# Returns the place of the last word that belongs to the flag.
function take_flag(word, i,    flag, value, inline, place) {
  flag = word
  if (place = index(word, "=")) {
    flag = substr(word, 1, place - 1)
    value = substr(word, place + 1)
    inline = 1
  }
  if (!((command, flag) in takes)) refuse("`" command "` has no flag " flag)
  if (takes[command, flag] == "none") {
    if (inline && value !~ /^(true|false)$/) refuse(flag " of `" command "` takes no value")
    give(flag, inline ? value : "true")
  } else if (takes[command, flag] == "VALUES") {
    if (inline) give(flag, value)
    while (!inline && i + 1 < ARGC && ARGV[i + 1] !~ /^-/) give(flag, ARGV[++i])
    if (!(name_of[command, flag] in given)) refuse(flag " of `" command "` wants a value")
  } else {
    if (!inline && ++i >= ARGC) refuse(flag " of `" command "` wants a value")
    give(flag, inline ? value : ARGV[i])
  }
  return i
}

function give(flag, value,    name, earlier) {
  if (value ~ /\n/) refuse(flag " of `" command "`: these fakes take no value of several lines")
  flag = name_of[command, flag]
  given[flag] = 1
  name = flag
  sub(/^-+/, "", name)
  gsub(/-/, "_", name)
  variables = variables "flag_" name "=" quoted(value) "\n"
  earlier = name in all ? all[name] "\n" : ""
  all[name] = earlier value
}

function refuse(why) {
  print "fake " tool ": " why > "/dev/stderr"
  exit 64
}

function quoted(text) {
  gsub(/'/, "'\\''", text)
  return "'" text "'"
}

function json(text,    out, i, character) {
  for (i = 1; i <= length(text); i++) {
    character = substr(text, i, 1)
    if (character == "\\" || character == "\"") character = "\\" character
    else if (character ~ /[\001-\037]/) character = sprintf("\\u%04x", index(controls(), character))
    out = out character
  }
  return "\"" out "\""
}

# All control characters, each at the place of its own number.
function controls(    text, i) {
  for (i = 1; i < 32; i++) text = text sprintf("%c", i)
  return text
}
