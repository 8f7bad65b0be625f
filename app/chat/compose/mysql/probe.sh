# A real query over TCP as the application's user. The socket answers during initialisation already,
# and `mysqladmin ping` succeeds even where access is denied.
set -eu
if [ -n "${MYSQL_PASSWORD_FILE:-}" ]; then
  MYSQL_PWD="$(cat "$MYSQL_PASSWORD_FILE")"
else
  MYSQL_PWD="$MYSQL_PASSWORD"
fi
export MYSQL_PWD
exec mysql --host=127.0.0.1 --port="${MYSQL_TCP_PORT:-3306}" --user="$MYSQL_USER" --execute='SELECT 1' "$MYSQL_DATABASE"
