package bodies

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The same call gives the same bytes, and none a body of another.
func TestMake(t *testing.T) {
	seen := map[string]string{}
	for i := range Kinds {
		k := &Kinds[i]
		text := k.Make(3)
		if again := k.Make(3); again != text {
			t.Errorf("%s: Make(3) = %q, then %q", k.Name, text, again)
		}
		if other := seen[text]; other != "" {
			t.Errorf("%s is %s", k.Name, other)
		}
		seen[text] = k.Name
		if n := strings.Count(text, "response>"); n < 3 {
			t.Errorf("%s: Make(3) has %d ends of responses", k.Name, n)
		}
	}
}

// What is repeated is what Make makes, and its responses again.
func TestRepeat(t *testing.T) {
	for i := range Kinds {
		k := &Kinds[i]
		responses := strings.TrimSuffix(strings.TrimPrefix(k.Make(2), k.head), k.tail)
		for _, times := range []int{0, 1, 3} {
			want := k.head + strings.Repeat(responses, times) + k.tail
			for _, r := range []io.Reader{k.Repeat(2, times), iotest.OneByteReader(k.Repeat(2, times))} {
				if got, err := io.ReadAll(r); string(got) != want || err != nil {
					t.Errorf("%s, %d times: %q, %v, want %q", k.Name, times, got, err, want)
				}
			}
		}
		if got, err := io.ReadAll(k.Repeat(0, 5)); string(got) != k.Make(0) || err != nil {
			t.Errorf("%s without responses: %q, %v", k.Name, got, err)
		}
	}
}
