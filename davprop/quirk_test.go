package davprop_test

import (
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/internal/catalogue"
)

const quirkDir = "../testdata/quirks"

// entries returns the catalogue by id.
func entries(t *testing.T) map[string]catalogue.Entry {
	t.Helper()
	list, err := catalogue.Load(quirkDir)
	if err != nil || len(list) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	m := map[string]catalogue.Entry{}
	for _, e := range list {
		m[e.ID] = e
	}
	return m
}

// uncatalogued are the quirks without an entry: what no server was seen or told to send, or is told there under another name.
var uncatalogued = map[string]bool{
	"mtime-weekday": true, "ctime-empty": true, "ctime-offset": true, "ctime-zone": true, "ctime-garbage": true,
	"quota-nonnumeric": true, "etag-malformed": true, "iscollection-value": true, "lock-timeout": true, "report-unwrapped": true,
}

// Every quirk says what it is, and has the id and the section of its entry in the catalogue.
func TestQuirkCatalogue(t *testing.T) {
	all, ids := entries(t), map[string]bool{}
	for q := range davprop.Quirks() {
		id := q.String()
		if id == "" || ids[id] || !strings.HasSuffix(q.Doc(), ".") {
			t.Errorf("quirk %d is %q: %q", q, id, q.Doc())
		}
		ids[id] = true
		if says := strings.Contains(q.Doc(), "which is allowed"); q.Allowed() != says {
			t.Errorf("%s is allowed: %v, and its Doc says %v", id, q.Allowed(), says)
		}
		e, ok := all[id]
		if ok == uncatalogued[id] {
			t.Errorf("%s is in the catalogue: %v", id, ok)
		}
		standard, number, _ := strings.Cut(q.Section(), ", section")
		number, _, _ = strings.Cut(strings.TrimSpace(strings.TrimPrefix(number, "s ")), " ")
		if ok && (!strings.Contains(e.Standard, standard) || !strings.Contains(e.Standard, number)) {
			t.Errorf("%s cites %s, and the catalogue %s", id, q.Section(), e.Standard)
		}
	}
	if davprop.Quirk(0).String() != "" || davprop.Quirk(255).String() != "" {
		t.Error("what is no quirk has an id")
	}
}
