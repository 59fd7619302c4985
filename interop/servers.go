package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

var filesAndAll = []string{"tree", "odd names", "empty", "5000 entries", "40 levels", "json", "lint", "dead property", "lock"}

func but(checks ...string) []string { return without(filesAndAll, checks) }

var control = []string{"tab\there", "new\nline", "esc\x1b[31m", "\x01"}

func dotted(name string) bool { return strings.HasPrefix(name, ".") }

// serverKinds are the servers that are read.
var serverKinds = []serverKind{
	{row: row{"Apache mod_dav", filesAndAll}, needs: "apache2", lint: []string{"etag-weak"}, path: "/", prepare: apache, hidden: dotted},
	{row: row{"nginx dav-ext", but("dead property")}, needs: "nginx", path: "/", prepare: nginx},
	{row: row{"lighttpd", filesAndAll}, needs: "lighttpd", path: "/", unable: control, lint: []string{"len-on-collection"}, leave: "control characters, for it refuses URLs with them", prepare: lighttpd},
	{row: row{"rclone serve", but("5000 entries", "dead property", "lock")}, needs: "rclone", path: "/", unable: control, leave: "control characters, for which it shows pictures of them; 5000 entries, for which it takes more than a minute", prepare: rcloneServe},
	{row: row{"chezdav", filesAndAll}, needs: "chezdav", path: "/", lint: []string{"ctime-rfc1123", "href-no-trailing-slash", "len-on-collection", "mtime-iso"}, prepare: chezdav},
	{row: row{"Radicale", []string{"tree", "odd names", "empty", "json", "lint"}}, needs: "radicale", path: "/user/", unable: append(control, "latin1\xe4"), lint: []string{"len-on-collection", "ns-default-dav", "rt-multi"},
		leave: "control characters, which it refuses, and bytes that are no UTF-8, which it replaces", items: true, hidden: dotted, user: "user", prepare: radicale},
	{row: row{"Xandikos", []string{"tree", "odd names", "empty", "json", "lint"}}, needs: "xandikos", path: "/user/calendars/", unable: []string{" leading", "tab\there", "new\nline", "\x01", "esc\x1b[31m", "\ufffe", "latin1\xe4"},
		leave: "characters that a calendar cannot have, for the items have their names in them, and spaces before, tabs and line ends, which it strips from names", items: true, hidden: dotted, prepare: xandikos},
}

// apacheModules is where Debian has them.
const apacheModules = "/usr/lib/apache2/modules/mod_"

func apache(s *site) error {
	var b strings.Builder
	for _, m := range []string{"mpm_event", "authz_core", "dav", "dav_fs", "mime"} {
		b.WriteString("LoadModule " + m + "_module " + apacheModules + m + ".so\n")
	}
	if os.Getuid() == 0 {
		b.WriteString("User #33\nGroup #33\n")
	}
	b.WriteString(`ServerRoot {base}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {base}/run/pid
DefaultRuntimeDir {base}/run
Mutex pthread
ErrorLog {base}/run/error.log
TypesConfig /etc/mime.types
DocumentRoot {files}
AllowEncodedSlashes NoDecode
DavLockDB {base}/run/locks
<Directory {files}>
  Require all granted
  Dav On
</Directory>
`)
	s.command = []string{"apache2", "-D", "FOREGROUND", "-f", filepath.Join(s.base, "apache.conf")}
	return errors.Join(s.write("apache.conf", b.String()), s.write("run/empty", ""))
}

func nginx(s *site) error {
	s.command = []string{"nginx", "-p", s.base, "-e", "error.log", "-c", filepath.Join(s.base, "nginx.conf")}
	user := ""
	if os.Getuid() == 0 {
		user = "user www-data;\n"
	}
	return s.write("nginx.conf", `load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
`+user+`daemon off; worker_processes 1; pid {base}/pid; error_log {base}/error.log;
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path {base}/body; proxy_temp_path {base}/proxy; fastcgi_temp_path {base}/fastcgi;
  uwsgi_temp_path {base}/uwsgi; scgi_temp_path {base}/scgi; dav_ext_lock_zone zone=locks:1m;
  server {
    listen 127.0.0.1:{port}; root {files};
    location / { dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK; dav_ext_lock zone=locks; }
  }
}
`)
}

func lighttpd(s *site) error {
	s.command = []string{"lighttpd", "-D", "-f", filepath.Join(s.base, "lighttpd.conf")}
	return s.write("lighttpd.conf", `server.modules = ("mod_webdav")
server.bind = "127.0.0.1"
server.port = {port}
server.document-root = "{files}"
mimetype.assign = (".txt" => "text/plain")
webdav.activate = "enable"
webdav.sqlite-db-name = "{base}/properties.db"
`)
}

func rcloneServe(s *site) error {
	s.command = []string{"rclone", "serve", "webdav", "--addr", "127.0.0.1:" + s.port, "--dir-cache-time", "1ms", s.files}
	s.env = []string{"RCLONE_CONFIG=/dev/null", "RCLONE_CACHE_DIR=" + filepath.Join(s.base, "cache")}
	return nil
}

func chezdav(s *site) error {
	s.command = []string{"chezdav", "--local", "--no-mdns", "-p", s.port, "-P", s.files}
	return nil
}

func radicale(s *site) error {
	s.command = []string{"/usr/bin/python3", "/usr/bin/radicale", "-C", filepath.Join(s.base, "radicale.conf")}
	return s.write("radicale.conf", "[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = {files}\n")
}

func xandikos(s *site) error {
	s.command = []string{"/usr/bin/python3", "/usr/bin/xandikos", "-l", "127.0.0.1", "-p", s.port, "-d", s.files, "--defaults", "--current-user-principal", "/user/"}
	return nil
}
