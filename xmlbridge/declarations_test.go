package xmlbridge

import (
	"fmt"
	"strings"
	"testing"
)

func TestDeclarations(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"none", "<a b='c'/>", ""},
		{"some", "<a xmlns = \"urn:a\"\n\txmlns:b='&#68;' c='xmlns'/><d xmlns=''/>", "=urn:a b=D ="},
		{"other names", "<a xmlnsx='1' b:xmlns='2' xmlns:c='3'/>", "c=3"},
		{"text", "<a> xmlns:b='c' xmlns xmlns= xmlns='</a>", "b=c"},
		{"the beginning and the end", "xmlns='a' xmlns", ""},
		{"close together", strings.Repeat("xmlns", 1000), ""},
	} {
		var got []string
		for prefix, space := range declarations(c.text) {
			got = append(got, fmt.Sprintf("%s=%s", prefix, space))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
}
