// Vulncheck runs govulncheck on the module in a directory, and finds it a database of vulnerabilities:
//
//	go run ./vulncheck DIR
//
// That is the one at vuln.go.dev or, where it cannot be reached, what it is made from, which the module golang.org/x/vulndb
// holds. Where that cannot be had either it says so and ends with 0: nothing is known then.
//
// It ends with 1 if the module calls what is vulnerable in a module that its go.mod requires. What is vulnerable in the
// standard library is told only: the remedy is another Go on the machine that builds, and not a change of the module.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"path"
	"time"

	"golang.org/x/vuln/scan"
)

const (
	public = "https://vuln.go.dev"
	module = "golang.org/x/vulndb@latest"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: vulncheck DIR")
	}
	db, err := database()
	if err != nil {
		fmt.Printf("NOT CHECKED: the vulnerability database cannot be reached.\n%v\n", err)
		return
	}
	fmt.Println("database:", db)
	findings, err := check(os.Args[1], db)
	if err != nil {
		log.Fatal(err)
	}
	if failed := report(os.Stdout, findings); failed {
		os.Exit(1)
	}
}

// database returns the URL of a database.
func database() (string, error) {
	client := http.Client{Timeout: 30 * time.Second}
	resp, unreachable := client.Get(public + "/index/db.json")
	if unreachable == nil {
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return public, nil
		}
		unreachable = errors.New(public + ": " + resp.Status)
	}
	var out, info bytes.Buffer
	cmd := exec.Command("go", "mod", "download", "-json", module)
	cmd.Stdout, cmd.Stderr = &out, &info
	if err := cmd.Run(); err != nil {
		return "", errors.Join(unreachable, fmt.Errorf("%s: %w: %s%s", module, err, &out, &info))
	}
	var m struct{ Dir string }
	err := json.Unmarshal(out.Bytes(), &m)
	return "file://" + path.Join(m.Dir, "data/osv"), err
}

// A finding is a vulnerability that the module calls, requires or imports. Trace begins where it is.
type finding struct {
	OSV          string `json:"osv"`
	FixedVersion string `json:"fixed_version"`
	Trace        []struct {
		Module, Version, Package, Function string
	} `json:"trace"`
}

func check(dir, db string) (findings []finding, err error) {
	var out, info bytes.Buffer
	cmd := scan.Command(context.Background(), "-C", dir, "-db", db, "-format", "json", "./...")
	cmd.Stdout, cmd.Stderr = &out, &info
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := cmd.Wait(); err != nil {
		return nil, fmt.Errorf("govulncheck: %w: %s", err, &info)
	}
	return parse(&out)
}

// parse reads what govulncheck writes. Without the summary of what was scanned, nothing was.
func parse(r io.Reader) (findings []finding, err error) {
	scanned := 0
	for d := json.NewDecoder(r); ; {
		var m struct {
			SBOM    *struct{ Roots []string }
			Finding *finding
		}
		switch err := d.Decode(&m); {
		case err == io.EOF && scanned == 0:
			return nil, errors.New("govulncheck scanned no packages")
		case err == io.EOF:
			return findings, nil
		case err != nil:
			return nil, err
		case m.SBOM != nil:
			scanned += len(m.SBOM.Roots)
		case m.Finding != nil && len(m.Finding.Trace) > 0:
			findings = append(findings, *m.Finding)
		}
	}
}

// report prints each vulnerability that is called once, and tells whether one is in a module that is required.
func report(w io.Writer, findings []finding) (failed bool) {
	told := map[string]bool{}
	for _, f := range findings {
		at := f.Trace[0]
		key := f.OSV + at.Module
		if at.Function == "" || told[key] {
			continue
		}
		told[key] = true
		what := "VULNERABLE"
		if at.Module == "stdlib" {
			what = "this Go is vulnerable"
		} else {
			failed = true
		}
		fmt.Fprintf(w, "%s: %s in %s@%s, by way of %s.%s; mended in %s\n",
			what, f.OSV, at.Module, at.Version, at.Package, at.Function, f.FixedVersion)
	}
	if !failed {
		fmt.Fprintln(w, "nothing that is known to be vulnerable is called in the modules that go.mod requires")
	}
	return failed
}
