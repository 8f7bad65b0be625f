# Writes the access list, each password as its SHA-256, then becomes redis-server.
set -eu
umask 077

# hash USER FILE VALUE
hash() {
  password="$(if [ -n "$2" ]; then cat "$2"; else printf '%s' "$3"; fi)"
  if [ -z "$password" ]; then
    echo "redis: the password of user $1 is empty; set key $1_password of Secret redis" >&2
    return 1
  fi
  printf '%s' "$password" | sha256sum | cut -d ' ' -f 1
}

chat="$(hash chat "${CHAT_PASSWORD_FILE:-}" "${CHAT_PASSWORD:-}")"

cat >/run/redis/users.acl <<ACL
user default on nopass resetkeys resetchannels -@all +ping
user chat on #${chat} resetkeys ~chat:* resetchannels &chat:* +@all -@admin -@dangerous
ACL
exec redis-server /etc/redis/redis.conf
