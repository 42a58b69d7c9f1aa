#!/bin/sh
# A Dovecot of a test's own: dovecot.sh FOLDER PORT TLS_PORT CERTIFICATE KEY
#
# Everything lives in FOLDER, nothing in /etc/dovecot or /var. It runs until standard input ends, so
# that it goes with the test that started it however that test ends, and says "ready" when it
# listens. Needs root, as Dovecot does; whoever logs in with the password "open-sesame" has the
# Maildir FOLDER/mail/NAME.
set -eu
folder=$1 port=$2 tls_port=$3 certificate=$4 key=$5
export LC_ALL=C
mkdir -p "$folder/run" "$folder/state" "$folder/mail"
chmod 755 "$folder"
chown nobody "$folder/mail"

cat >"$folder/dovecot.conf" <<EOF
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:$folder/mail/%u
first_valid_uid = 1
disable_plaintext_auth = no
ssl = yes
ssl_cert = <$certificate
ssl_key = <$key
passdb {
  driver = static
  args = password=open-sesame
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$folder/mail/%u allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = $tls_port
    ssl = yes
  }
}
service stats {
  client_limit = 100
}
EOF

dovecot -F -c "$folder/dovecot.conf" </dev/null >"$folder/start.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
tries=0
until [ -S "$folder/run/auth-client" ] || [ -S "$folder/run/login/login" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
    cat "$folder/start.log" "$folder/log" >&2 2>/dev/null || true
    exit 1
  fi
  sleep 0.1
done
echo ready
cat >/dev/null
