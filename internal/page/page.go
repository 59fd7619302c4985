// Package page puts what programs have measured into pages of Markdown.
package page

import (
	"fmt"
	"os"
	"strings"
)

const end = "<!-- end -->\n"

// Begin returns the line after which the text of a command stands.
func Begin(command string) string { return "<!-- " + command + " -->\n" }

// Cut returns what is before the text of a command, the text, and what is after it.
func Cut(page, command string) (before, text, after string, err error) {
	begin := Begin(command)
	i := strings.Index(page, begin)
	if i < 0 {
		return "", "", "", fmt.Errorf("no line %q", begin)
	}
	i += len(begin)
	n := strings.Index(page[i:], end)
	if n < 0 {
		return "", "", "", fmt.Errorf("no line %q after %q", end, begin)
	}
	return page[:i], page[i : i+n], page[i+n:], nil
}

// Write puts text into a page, in the place of the text of that command.
func Write(file, command, text string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, _, after, err := Cut(string(old), command)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, []byte(before+text+after), 0o666)
}
