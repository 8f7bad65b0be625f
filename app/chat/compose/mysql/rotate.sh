# Changes a password: `rotate.sh password` that of the application's user, `rotate.sh root_pass` that of root.
# Reads the new one from the first line of stdin, the one before it from the second. No password is ever an argument.
set -eu
IFS= read -r new
IFS= read -r before
if [ -z "$new" ]; then
  printf 'rotate: the new password is empty\n' >&2
  exit 1
fi

# root PASSWORD: runs the statements of stdin. What follows "near" in a message is a piece of a statement.
root() {
  if ! said="$(MYSQL_PWD="$1" mysql --no-auto-rehash --default-character-set=utf8mb4 --user=root \
    --protocol=socket --socket="${MYSQL_UNIX_PORT:-/var/run/mysqld/mysqld.sock}" 2>&1)"; then
    printf 'rotate: %s\n' "${said%% near *}" >&2
    return 1
  fi
}

# A text as SQL writes it where no sql_mode changes its meaning.
quoted() {
  printf "'"
  printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e "s/'/''/g"
  printf "'"
}

statements() {
  printf "SET SESSION sql_mode = '';\n"
  printf 'ALTER USER %s IDENTIFIED BY %s;\n' "$1" "$(quoted "$new")"
}

case "${1:-}" in
password)
  if [ -n "${MYSQL_ROOT_PASSWORD_FILE:-}" ]; then
    MYSQL_ROOT_PASSWORD="$(cat "$MYSQL_ROOT_PASSWORD_FILE")"
  fi
  statements "'$MYSQL_USER'@'%'" | root "$MYSQL_ROOT_PASSWORD"
  ;;
root_pass)
  # Whoever was broken off after the change comes again with the same password, which holds by then.
  echo 'SELECT 1;' | root "$before" 2>/dev/null || before="$new"
  statements "'root'@'localhost'" | root "$before"
  ;;
*)
  printf 'rotate: unknown password %s; expected password or root_pass\n' "${1:-}" >&2
  exit 1
  ;;
esac
