#!/bin/sh
# A Postfix of a test's own: postfix.sh FOLDER PORT TLS_PORT CERTIFICATE KEY
#
# Everything lives in FOLDER, nothing in /etc/postfix or /var. It runs until standard input ends, so
# that it goes with the test that started it however that test ends, and says "ready" when it
# listens. Needs root, as Postfix does; mail for unit.example and letters.example goes into
# FOLDER/mail/NAME/ (Maildir), but moved@unit.example is sent on to where nobody is, full@ is full for
# good and quota@ for now, and all three come back: what cannot be delivered is tried once.
set -eu
folder=$1 port=$2 tls_port=$3 certificate=$4 key=$5
export LC_ALL=C
mkdir -p "$folder/etc" "$folder/queue" "$folder/data" "$folder/mail"
chmod 755 "$folder" "$folder/etc"
chown postfix "$folder/data"
chown nobody "$folder/mail"
cp "$key" "$folder/etc/key.pem" && chmod 600 "$folder/etc/key.pem"

cat >"$folder/etc/main.cf" <<EOF
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/log
maillog_file_prefixes = $folder
mail_owner = postfix
myhostname = mail.letters.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
default_transport = error:nothing leaves a test
relay_transport = error:nothing leaves a test
virtual_mailbox_domains = unit.example letters.example
virtual_mailbox_base = $folder/mail
virtual_mailbox_maps = texthash:$folder/etc/mailboxes
virtual_alias_maps = texthash:$folder/etc/aliases
transport_maps = texthash:$folder/etc/transport
maximal_queue_lifetime = 0
in_flow_delay = 0
virtual_minimum_uid = 1
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
smtpd_tls_security_level = may
smtpd_tls_cert_file = $certificate
smtpd_tls_key_file = $folder/etc/key.pem
EOF

cat >"$folder/etc/mailboxes" <<EOF
shuiwu@unit.example shuiwu/
zhujian@unit.example zhujian/
long@unit.example long/
starttls@unit.example starttls/
smtps@unit.example smtps/
zhujian-b@unit.example zhujian-b/
zhujian-deputy@unit.example zhujian-deputy/
chengguan@unit.example chengguan/
chengguan-deputy@unit.example chengguan-deputy/
duty@letters.example duty/
officer@letters.example officer/
officer2@letters.example officer2/
leaders@letters.example leaders/
admin@letters.example admin/
EOF

# Behind an alias, so that the mail is taken before it turns out that it cannot be delivered.
cat >"$folder/etc/aliases" <<EOF
moved@unit.example gone@unit.example
full@unit.example full-box@unit.example
quota@unit.example quota-box@unit.example
EOF

cat >"$folder/etc/transport" <<EOF
full-box@unit.example error:5.2.2 mailbox is full
quota-box@unit.example retry:4.2.2 mailbox is over its quota
EOF

cat >"$folder/etc/master.cf" <<EOF
127.0.0.1:$port     inet n - n - - smtpd
127.0.0.1:$tls_port inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
tlsmgr   unix - - n 1000? 1 tlsmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
verify   unix - - n - 1 verify
proxymap unix - - n - - proxymap
error    unix - - n - - error
retry    unix - - n - - error
virtual  unix - n n - - virtual
anvil    unix - - n - 1 anvil
postlog  unix-dgram n - n - 1 postlogd
EOF

postfix -c "$folder/etc" start >"$folder/start.log" 2>&1 || { cat "$folder/start.log" >&2; exit 1; }
trap 'postfix -c "$folder/etc" stop >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
echo ready
cat >/dev/null
