package davprop_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/known"
)

// meanings are what the properties in the bodies of section F of the catalogue mean, as they are shown,
// and what was forgiven for it.
var meanings = map[string][]struct {
	prop, shown string // shown is "" if there is no value, "!" if it cannot be read
	quirk       davprop.Quirk
}{
	"mtime-plus0000":          {{"getlastmodified", "2017-12-30 06:03:46", davprop.QuirkMtimePlus0000}},
	"mtime-one-digit-day":     {{"getlastmodified", "2018-09-07 08:49:58", davprop.QuirkMtimeOneDigitDay}},
	"mtime-utc-zone":          {{"getlastmodified", "2020-10-16 11:08:07", davprop.QuirkMtimeUtcZone}},
	"mtime-gmt-offset":        {{"getlastmodified", "2019-03-13 15:19:49", davprop.QuirkMtimeGmtOffset}},
	"mtime-no-zone":           {{"getlastmodified", "2015-02-06 13:49:55", davprop.QuirkMtimeNoZone}},
	"mtime-iso":               {{"getlastmodified", "2018-02-28 20:24:24", davprop.QuirkMtimeIso}},
	"mtime-asctime-unixdate":  {{"getlastmodified", "2017-05-17 15:31:58", davprop.QuirkMtimeAsctimeUnixdate}},
	"mtime-rfc850":            {{"getlastmodified", "1994-11-06 08:49:37", davprop.QuirkMtimeRfc850}},
	"mtime-epoch":             {{"creationdate", "2022-10-03 02:06:28", davprop.QuirkMtimeEpoch}},
	"mtime-absurd-year":       {{"getlastmodified", "!", davprop.QuirkMtimeAbsurdYear}},
	"mtime-garbage":           {{"getlastmodified", "!", davprop.QuirkMtimeGarbage}},
	"mtime-empty":             {{"getlastmodified", "", davprop.QuirkMtimeEmpty}},
	"ctime-rfc1123":           {{"creationdate", "2019-10-30 18:58:08", davprop.QuirkCtimeRfc1123}},
	"ctime-fraction-offset":   {{"creationdate", "2011-05-24 09:06:50", davprop.QuirkCtimeFractionOffset}},
	"dt-attributes":           {{"creationdate", "2020-09-04 20:22:07", 0}},
	"len-empty":               {{"getcontentlength", "", davprop.QuirkLenEmpty}},
	"len-space":               {{"getcontentlength", "0 B", davprop.QuirkLenSpace}},
	"len-negative":            {{"getcontentlength", "!", davprop.QuirkLenNegative}},
	"len-nonnumeric":          {{"getcontentlength", "!", davprop.QuirkLenNonnumeric}},
	"len-on-collection":       {{"resourcetype", "collection", 0}, {"getcontentlength", "4.0 KiB", 0}},
	"quota-negative":          {{"quota-available-bytes", "unlimited", davprop.QuirkQuotaNegative}},
	"etag-unquoted":           {{"getetag", "0aa1cc51", davprop.QuirkEtagUnquoted}},
	"etag-weak":               {{"getetag", `W/"226//trunk"`, davprop.QuirkEtagWeak}},
	"etag-overquoted":         {{"getetag", `""abc""`, davprop.QuirkEtagOverquoted}},
	"etag-empty":              {{"getetag", "", davprop.QuirkEtagEmpty}},
	"etag-none-literal":       {{"getetag", `"None"`, davprop.QuirkEtagNoneLiteral}},
	"coercion-hazard":         {{"displayname", "2024.10", 0}},
	"rt-text":                 {{"resourcetype", "", davprop.QuirkRtText}},
	"rt-long-form":            {{"resourcetype", "collection", 0}},
	"rt-multi":                {{"resourcetype", "collection calendar", davprop.QuirkRtMulti}},
	"rt-missing-iscollection": {{"iscollection", "true", davprop.QuirkIscollectionValue}, {"getcontenttype", "httpd/unix-directory", 0}},
	"displayname-encoded":     {{"displayname", "%D0%92%201", 0}},
	"ctype-odd":               {{"getcontenttype", "text/vtodo", 0}},
	"hrefprop-text":           {{"owner", "me@x.org", davprop.QuirkHrefpropText}},
	"hrefprop-many":           {{"calendar-home-set", "/a/, /b/", 0}},
	"privilege-underscore":    {{"current-user-privilege-set", "read_acl", davprop.QuirkPrivilegeUnderscore}},
	"compset-missing":         {{"supported-calendar-component-set", "", davprop.QuirkCompsetMissing}},
	"value-mixed":             {{"displayname", "!", davprop.QuirkValueMixed}},
	"ns-child-unprefixed":     {{"current-user-principal", "/p/", davprop.QuirkNsChildUnprefixed}},
}

// Every body of section F of the catalogue is read as its entry says, and tells what was forgiven.
func TestCatalogueMeanings(t *testing.T) {
	for id, e := range entries(t) {
		want, ok := meanings[id]
		if !ok && e.Section == "F" {
			t.Errorf("nothing is expected of %s", id)
		}
		if !ok {
			continue
		}
		r := &parse(t, filepath.Join(quirkDir, id+".xml"), e.ContentType).Responses[0]
		for _, w := range want {
			shown, quirk := meaningOf(t, r, w.prop)
			if shown != w.shown || quirk != w.quirk {
				t.Errorf("%s: %s means %q with quirk %q, want %q with %q", id, w.prop, shown, quirk, w.shown, w.quirk)
			}
		}
	}
}

func parse(t testing.TB, file, contentType string) *multistatus.Multistatus {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := multistatus.Parse(body, &multistatus.DecodeOptions{ContentType: contentType})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return m
}

// meaningOf reads the property of that local name.
func meaningOf(t *testing.T, r *multistatus.Response, local string) (shown string, q davprop.Quirk) {
	t.Helper()
	for p, s := range r.Props() {
		if p.Name.Local != local || !s.OK() {
			continue
		}
		key, ok := known.Key(p.Name)
		if !ok {
			t.Fatalf("%s is not known", p.Name)
		}
		forgiven, err := key.Check(p.Value)
		shown, errShow := key.Show(p.Value)
		switch {
		case err == davprop.ErrNoProperty:
			return "", forgiven.Quirk
		case err != nil:
			return "!", forgiven.Quirk
		case errShow != nil:
			t.Errorf("%s is read, but not shown: %v", local, errShow)
		}
		return shown, forgiven.Quirk
	}
	return fmt.Sprintf("no %s", local), 0
}

// Whatever says that it is a collection is one.
func TestIsCollection(t *testing.T) {
	for _, c := range []struct {
		props string
		want  bool
		quirk davprop.Quirk
	}{
		{"<D:resourcetype><D:collection/></D:resourcetype>", true, 0},
		{"<D:resourcetype><collection/></D:resourcetype>", true, davprop.QuirkNsChildUnprefixed},
		{"<D:resourcetype><C:calendar/><D:collection/></D:resourcetype>", true, davprop.QuirkRtMulti},
		{"<D:resourcetype/><D:iscollection>1</D:iscollection>", false, 0},
		{"<D:resourcetype>collection</D:resourcetype>", false, davprop.QuirkRtText},
		{"<D:iscollection>True</D:iscollection>", true, davprop.QuirkRtMissingIscollection},
		{"<D:iscollection>0</D:iscollection>", false, davprop.QuirkRtMissingIscollection},
		{"<D:iscollection>maybe</D:iscollection>", false, davprop.QuirkIscollectionValue},
		{"<D:getetag>1</D:getetag>", false, 0},
	} {
		r := found(t, c.props)
		got, report := davprop.IsCollectionReport(r)
		if got != c.want || report.Quirk != c.quirk || davprop.IsCollection(r) != got {
			t.Errorf("IsCollection of %s = %v, %q, want %v, %q", c.props, got, report.Quirk, c.want, c.quirk)
		}
	}
}
