package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
)

var filesAndAll = []string{"tree", "odd names", "empty", "5000 entries", "40 levels", "allprop", "json", "lint", "dead property", "lock"}

// itemsAndAll is what servers are put to that keep calendar items only.
var itemsAndAll = []string{"tree", "odd names", "empty", "allprop", "json", "lint"}

func but(checks ...string) []string { return without(filesAndAll, checks) }

// always is what lint finds in every answer.
func always(names ...string) lintNames { return lintNames{names, names} }

var control = []string{"tab\there", "new\nline", "esc\x1b[31m", "\x01"}

func dotted(name string) bool { return strings.HasPrefix(name, ".") }

// serverKinds are the servers that are read.
var serverKinds = []serverKind{
	{row: row{"Apache mod_dav", filesAndAll}, needs: "apache2", path: "/", prepare: apache, hidden: dotted},
	{
		row: row{"nginx dav-ext", but("dead property")}, needs: "nginx", path: "/", prepare: nginx,
		lint: lintNames{odd: []string{"chr-control-literal", "chr-nonchar", "enc-invalid-utf8"}},
	},
	{
		row: row{"lighttpd", filesAndAll}, needs: "lighttpd", path: "/", prepare: lighttpd,
		lint:   always("len-on-collection"),
		unable: control, leave: "control characters, for it refuses URLs with them",
	},
	{
		row: row{"Tomcat", filesAndAll}, needs: tomcatStart, path: "/", prepare: tomcat,
		lint:   always("etag-weak", "status-no-reason"),
		unable: []string{"latin1\xe4"}, leave: "bytes that are no UTF-8, which Java has no names for",
	},
	{
		row: row{"rclone serve", but("dead property", "lock")}, needs: "rclone", path: "/", prepare: rcloneServe, stale: 2 * rcloneCache,
		unable: control, leave: "control characters, for which it shows pictures of them",
	},
	{
		row: row{"chezdav", filesAndAll}, needs: "chezdav", path: "/", prepare: chezdav,
		lint: lintNames{
			tree: []string{"ctime-rfc1123", "href-no-trailing-slash", "len-on-collection", "mtime-iso"},
			odd: []string{"chr-control-literal", "chr-nonchar", "ctime-rfc1123", "displayname-encoded", "href-no-trailing-slash", "len-on-collection",
				"mtime-iso", "response-no-href"},
		},
	},
	{
		row: row{"PyWebDAV", but("dead property")}, needs: "davserver3", path: "/", prepare: pywebdav, ask: someProps,
		lint: lintNames{
			tree: []string{"href-no-trailing-slash", "len-on-collection"},
			odd:  []string{"href-no-trailing-slash", "len-on-collection", "response-dup-href"},
		},
		unable: []string{"latin1\xe4"}, leave: "bytes that are no UTF-8, for which it ends the connection without an answer",
	},
	{
		row: row{"Radicale", itemsAndAll}, needs: "radicale", path: "/user/", items: true, hidden: dotted, user: "user", prepare: radicale,
		lint:   always("len-on-collection", "ns-default-dav", "rt-multi"),
		unable: append(control, "latin1\xe4"), leave: "control characters, which it refuses, and bytes that are no UTF-8, which it replaces",
	},
	{
		row: row{"Xandikos", itemsAndAll}, needs: "xandikos", path: "/user/calendars/", items: true, hidden: dotted, prepare: xandikos,
		lint:   lintNames{odd: []string{"href-relative"}},
		unable: []string{" leading", "tab\there", "new\nline", "\x01", "esc\x1b[31m", "\ufffe", "latin1\xe4"},
		leave: "characters that a calendar cannot have, for the items have their names in them; spaces and control characters before a name, tabs and line ends, " +
			"for it stores them and serves them, but joins hrefs by a function for URLs, which drops them: the href of %20leading says leading, which it has not",
	},
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

// rcloneCache is how long rclone goes by what it has seen of a directory: it asks once for each member, so that the time for a
// large directory would be that of its square without.
const rcloneCache = time.Second

func rcloneServe(s *site) error {
	s.command = []string{"rclone", "serve", "webdav", "--addr", "127.0.0.1:" + s.port, "--dir-cache-time", rcloneCache.String(), s.files}
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

// Where Debian has Tomcat. Its package tomcat10 would start a service, and is not needed.
const (
	tomcatHome  = "/usr/share/tomcat10"
	tomcatStart = tomcatHome + "/bin/catalina.sh"
)

func tomcat(s *site) error {
	s.command = []string{tomcatStart, "run"}
	s.env = []string{"CATALINA_HOME=" + tomcatHome, "CATALINA_BASE=" + s.base, "CATALINA_OPTS=-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"}
	return errors.Join(
		os.MkdirAll(filepath.Join(s.base, "temp"), 0o755),
		s.write("conf/server.xml", `<Server port="-1">
  <Service name="interop">
    <Connector address="127.0.0.1" port="{port}" maxKeepAliveRequests="-1" encodedSolidusHandling="decode"/>
    <Engine name="interop" defaultHost="localhost">
      <Host name="localhost" autoDeploy="false" deployOnStartup="false">
        <Context path="" docBase="{files}"><Resources cachingAllowed="false"/></Context>
      </Host>
    </Engine>
  </Service>
</Server>
`),
		s.write("conf/web.xml", `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
  <servlet>
    <servlet-name>files</servlet-name>
    <servlet-class>org.apache.catalina.servlets.WebdavServlet</servlet-class>
    <init-param><param-name>listings</param-name><param-value>true</param-value></init-param>
    <init-param><param-name>readonly</param-name><param-value>false</param-value></init-param>
  </servlet>
  <servlet-mapping><servlet-name>files</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>
</web-app>
`))
}

func pywebdav(s *site) error {
	s.command = []string{"/usr/bin/python3", "/usr/bin/davserver3", "--noiter", "-n", "-D", s.files, "-H", "127.0.0.1", "-P", s.port}
	return nil
}
