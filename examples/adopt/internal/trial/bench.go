package trial

import (
	"net/http"
	"testing"
)

// Bench lists a large answer of Nextcloud with both sides of c; name is what theirs is called.
func Bench(b *testing.B, c *Client, name string) {
	answer := Generated("nextcloud", 1000)
	for _, side := range []struct {
		name string
		list func(http.RoundTripper) List
	}{{name, c.Theirs}, {"ours", c.Ours}} {
		b.Run(side.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(answer.Text)))
			for b.Loop() {
				if l := side.list(Answer(answer)); l.Err != nil {
					b.Fatal(l.Err)
				}
			}
		})
	}
}
