#!/usr/bin/env bash
# Installs what the suite needs from Debian's packages where it is missing, and runs it: interop/run.sh [-write] [-complete] [-only NAME]
# It starts no service, listens on the loopback interface only, and stops what it has started.
set -euo pipefail
cd "$(dirname "$0")"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

PATH=$PATH:/usr/sbin:/sbin
missing=()
while read -r file package; do
	[ -e "$file" ] || missing+=("$package")
done <<'LIST'
/usr/bin/cadaver cadaver
/usr/bin/curl curl
/usr/bin/rclone rclone
/usr/bin/litmus litmus
/usr/sbin/mount.davfs davfs2
/usr/bin/mount mount
/usr/libexec/gvfsd-dav gvfs-backends
/usr/bin/gio libglib2.0-bin
/usr/bin/dbus-daemon dbus-daemon
/usr/sbin/apache2 apache2-bin
/etc/mime.types media-types
/usr/sbin/nginx nginx-light
/usr/lib/nginx/modules/ngx_http_dav_ext_module.so libnginx-mod-http-dav-ext
/usr/sbin/lighttpd lighttpd
/usr/lib/lighttpd/mod_webdav.so lighttpd-mod-webdav
/usr/share/tomcat10/bin/catalina.sh tomcat10-common
/usr/bin/chezdav chezdav
/usr/bin/davserver3 python3-webdav
/usr/bin/radicale radicale
/usr/bin/xandikos xandikos
LIST

# install installs packages, which may start no service.
install() {
	policy=/usr/sbin/policy-rc.d # says whether packages may
	if [ ! -e $policy ]; then
		trap 'as_root rm -f $policy' EXIT
		printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
		as_root chmod 755 $policy
	fi
	as_root apt-get -q update
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$@"
}

[ ${#missing[@]} -eq 0 ] || (install "${missing[@]}")

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
go build -o "$tmp/interop" .
"$tmp/interop" "$@" & # it stops what it has started, and says what became of it, when it is told to end
pid=$!
trap 'kill $pid' INT TERM HUP
code=0
wait $pid || code=$?
while kill -0 $pid 2>/dev/null; do # a signal ends the wait, and not the program
	wait $pid || code=$?
done
[ $code = 0 ] || exit $code
go test -count=1 ./... # go test does not see that a page outside of the module has changed
