package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const commandPage = "../../docs/command.md"

// wantOnPage checks that docs/command.md shows a text as a block.
func wantOnPage(t *testing.T, what, kind, text string) {
	t.Helper()
	page, err := os.ReadFile(commandPage)
	if err != nil {
		t.Fatal(err)
	}
	if block := fmt.Sprintf("```%s\n%s\n```\n", kind, strings.TrimSpace(text)); !strings.Contains(string(page), block) {
		t.Errorf("docs/command.md does not show %s:\n%s", what, block)
	}
}

func TestUsageOnPage(t *testing.T) { wantOnPage(t, "the usage", "text", usage) }

func TestLintOnPage(t *testing.T) {
	first := "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getlastmodified>2018-02-28T20:24:24Z</D:getlastmodified>" +
		"</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>\n"
	second := "<D:response><D:href>/&</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>"
	_, out, _ := run(lintBody("R:"+first+second), "lint")
	wantOnPage(t, "what lint prints", "", strings.ReplaceAll(out, "<stdin>", "listing.xml"))
}

func TestDiffOnPage(t *testing.T) {
	a := about("/c", props(ok200, `<D:displayname>Notes</D:displayname><D:lockdiscovery><D:activelock><D:timeout>Second-600</D:timeout></D:activelock></D:lockdiscovery>`))
	b := about("/c", props(ok200, `<D:displayname>Note</D:displayname>`)) + about("/d", ok200)
	_, out, _ := run(body(b), "diff", write(t, "a.xml", body(a)), "-")
	wantOnPage(t, "what diff prints", "", out)
}
