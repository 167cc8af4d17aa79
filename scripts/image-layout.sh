#!/bin/sh
# image-layout.sh BINARY FOLDER: makes FOLDER/root, all files of the image, and FOLDER/data, the empty data directory.
# In the image are the program, the shared libraries it is linked to, a user, the public certificates, and nothing
# else: no shell, no package manager. tests/it/image.rs starts the program in it.
set -eu
binary=$1
root=$2/root
data=$2/data
user=10001
here=$(cd "$(dirname "$0")/.." && pwd)

mkdir -p "$root/usr/bin" "$root/etc/ssl/certs" "$root/usr/share/doc/fivefold" "$root/tmp" "$root/var/run/postgresql" "$data"
install -m 0755 "$binary" "$root/usr/bin/fivefold"

# Each library under the very path at which the loader looks for it; the loader itself is among them.
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    install -m 0755 "$library" "$root$library"
done

echo "fivefold:x:$user:$user::/data:/usr/bin/fivefold" >"$root/etc/passwd"
echo "fivefold:x:$user:" >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# For sslrootcert=system in DATABASE_URL; mail brings its own.
certificates=/etc/ssl/certs/ca-certificates.crt
if [ -f "$certificates" ]; then
    install -m 0644 "$certificates" "$root$certificates"
    mkdir -p "$root/usr/lib/ssl"
    ln -sf "$certificates" "$root/usr/lib/ssl/cert.pem"
fi
install -m 0644 "$here/LICENSE-MIT" "$here/LICENSE-APACHE" "$root/usr/share/doc/fivefold/"

chmod 1777 "$root/tmp"
chmod 0700 "$data"
if [ "$(id -u)" = 0 ]; then chown "$user:$user" "$data"; fi
