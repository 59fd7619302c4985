package trial

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-multistatus/multistatus/examples/adopt/mend"
)

const root = "../../" + Root

func bodiesOf(t *testing.T, read func(string) ([]Body, error)) []Body {
	t.Helper()
	list, err := read(root)
	if err != nil || len(list) < 50 {
		t.Fatalf("%d bodies, %v", len(list), err)
	}
	return list
}

// The sound file behind a quirk is listed by every example whose list is not an error.
func TestSoundFile(t *testing.T) {
	sound := 0
	for _, b := range bodiesOf(t, Quirks) {
		for _, c := range Clients {
			l, panicked := Run(c.Ours, Answer(&b))
			if panicked {
				t.Errorf("%s: %s panics: %v", b.ID, c.Name, l.Err)
			}
			if l.Err != nil || !b.hasSound() {
				continue
			}
			sound++
			if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.Path == "/sound.txt" && e.Size == 17 }) {
				t.Errorf("%s: %s loses the sound file: %+v", b.ID, c.Name, l)
			}
		}
	}
	if sound < 400 {
		t.Errorf("it stands in %d listings", sound)
	}
}

// An example tells of every href in the JSON that testdata has beside a body, as a member or as one that failed.
func TestNothingIsLost(t *testing.T) {
	for _, b := range bodiesOf(t, Corpus) {
		want := hrefs(t, b.ID)
		l, _ := Run(emersionOurs, Answer(&b))
		if got := len(l.Entries) + l.Failed - b.added(); got != want || l.Err != nil {
			t.Errorf("%s: it tells of %d hrefs, want %d: %+v", b.ID, got, want, l)
		}
	}
}

func hrefs(t *testing.T, id string) (n int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "testdata", "corpus", id+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Responses []struct{ MoreHrefs []string }
	}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	for _, r := range m.Responses {
		n += 1 + len(r.MoreHrefs)
	}
	return n
}

// What the clients' own code makes of some bodies.
func TestJudge(t *testing.T) {
	emersion, gowebdav, rclone := &Clients[0], &Clients[1], &Clients[2]
	quirks := bodiesOf(t, Quirks)
	for _, c := range []struct {
		client *Client
		id     string
		want   Verdict
		mended bool
	}{
		{emersion, "ns-default-dav", Same, true},
		{emersion, "href-whitespace", Refuses, true},
		{emersion, "status-bare", Refuses, true},
		{emersion, "etag-unquoted", Refuses, true},
		{emersion, "etag-weak", Refuses, false},
		{emersion, "sync-removed-404", Refuses, false},
		{emersion, "enc-latin1-declared", Refuses, true},
		{gowebdav, "ns-default-dav", Same, true},
		{gowebdav, "enc-latin1-declared", Loses, true},
		{gowebdav, "amp-raw", Loses, true},
		{gowebdav, "trunc-mid", ReadsOn, false},
		{gowebdav, "root-html", ReadsOn, false},
		{gowebdav, "sync-removed-404", Silent, false},
		{rclone, "ns-default-dav", Same, true},
		{rclone, "ns-absent", Differs, true},
		{rclone, "len-nonnumeric", Refuses, true},
		{rclone, "sync-removed-404", Invents, false},
		{rclone, "response-multi-href", Invents, false},
		{rclone, "trunc-mid", Both, false},
	} {
		i := slices.IndexFunc(quirks, func(b Body) bool { return b.ID == c.id })
		if i < 0 {
			t.Fatalf("no %s", c.id)
		}
		if o := c.client.Judge(&quirks[i]); o.Verdict != c.want || o.Mended != c.mended {
			t.Errorf("%s makes of %s: %s, mended %v, want %s, %v", c.client.Name, c.id, Verdicts[o.Verdict], o.Mended, Verdicts[c.want], c.mended)
		}
	}
}

// All sides make the same of generated listings, which are what is measured.
func TestGenerated(t *testing.T) {
	for _, kind := range []string{"apache", "nextcloud", "compact"} {
		b := Generated(kind, 50)
		for _, c := range Clients {
			ours, _ := Run(c.Ours, Answer(b))
			theirs, _ := Run(c.Theirs, Answer(b))
			behind, _ := Run(c.Theirs, &mend.Transport{Base: Answer(b)})
			if len(ours.Entries) < 50 || compare(theirs, ours, false) != Same || compare(behind, ours, false) != Same {
				t.Errorf("%s, %s: %d, %d and %d members; %v, %v, %v", kind, c.Name,
					len(ours.Entries), len(theirs.Entries), len(behind.Entries), ours.Err, theirs.Err, behind.Err)
			}
		}
	}
}

// A client that panics is reported, and the next one runs.
func TestRunPanic(t *testing.T) {
	l, panicked := Run(func(http.RoundTripper) List { panic("no") }, nil)
	if !panicked || l.Err == nil {
		t.Errorf("it is %+v, %v", l, panicked)
	}
	if v := compare(l, List{}, panicked); v != Panics {
		t.Errorf("the verdict is %q", Verdicts[v])
	}
}
