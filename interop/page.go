package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

const pageFile = "../docs/interop.md"

// Between the markers stands what the tables of this program say, which a test holds up to date and every run proves; and the
// versions that it was proved with, which only -write renews.
const (
	matricesBegin, matricesEnd = "<!-- matrices: written by interop -write -->\n", "<!-- end of matrices -->\n"
	versionsBegin, versionsEnd = "<!-- versions: written by interop -write -->\n", "<!-- end of versions -->\n"
)

// between replaces what stands between two markers.
func between(page, begin, end, text string) (string, error) {
	before, rest, ok := strings.Cut(page, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("%s has no %q", pageFile, strings.TrimSpace(begin))
	}
	return before + begin + text + end + after, nil
}

// withMatrices returns the page with what is expected of each program.
func withMatrices(page string) (string, error) {
	var b bytes.Buffer
	b.WriteString("\n")
	for _, m := range matrices() {
		m.print(&b, expected)
	}
	b.WriteString("Left out, and what else there is to know:\n\n")
	for _, k := range clientKinds {
		leftOut(&b, k.name, k.leave)
	}
	for _, k := range serverKinds {
		leftOut(&b, k.name, k.leave)
	}
	b.WriteString("\nWhat lint finds in the servers' answers, no more and no less:\n\n")
	for _, k := range serverKinds {
		fmt.Fprintf(&b, "- %s: %s", k.name, inCode(k.lint.tree))
		if !slices.Equal(k.lint.tree, k.lint.odd) {
			fmt.Fprintf(&b, "; with odd names %s", inCode(k.lint.odd))
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	return between(page, matricesBegin, matricesEnd, b.String())
}

func inCode(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

func leftOut(b *bytes.Buffer, name, what string) {
	if what != "" {
		fmt.Fprintf(b, "- %s: %s\n", name, what)
	}
}

// writePage renews the page; a run of some programs only, just its matrices.
func writePage(ctx context.Context, peaks map[string]int) error {
	text, err := os.ReadFile(pageFile)
	page := string(text)
	if err == nil {
		page, err = withMatrices(page)
	}
	if err == nil && len(peaks) > 0 { // all was run
		page, err = between(page, versionsBegin, versionsEnd, "\n"+versions(ctx)+"\n"+peaksLine(peaks)+"\n")
	}
	if err != nil {
		return err
	}
	return os.WriteFile(pageFile, []byte(page), 0o644)
}

// peaksLine tells how much memory the project's programs had, or nothing.
func peaksLine(peaks map[string]int) string {
	if len(peaks) < len(memoryMatrix().rows) {
		return ""
	}
	return fmt.Sprintf("Over a collection of %d entries, davserve had at most %.1f MiB of memory, and davls, which listed it, %.1f MiB.\n",
		largeEntries, float64(peaks["davserve"])/1024, float64(peaks["davls"])/1024)
}

// packages are those of Debian that have the programs.
var packages = []string{
	"cadaver", "curl", "rclone", "davfs2", "gvfs-backends", "litmus", "apache2-bin", "libnginx-mod-http-dav-ext", "nginx-light", "lighttpd", "lighttpd-mod-webdav", "tomcat10-common", "chezdav", "python3-webdav", "radicale", "xandikos",
}

// versions returns a line of what is installed, and of the Go clients that this program has been built with.
func versions(ctx context.Context) string {
	out, _ := program(ctx, "", "dpkg-query", append([]string{"-W", "-f", "${Package} ${Version}, "}, packages...)...)
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if strings.HasSuffix(m.Path, "webdav") {
				out += m.Path + " " + m.Version + ", "
			}
		}
	}
	return "With " + strings.TrimSuffix(out, ", ") + ".\n"
}
