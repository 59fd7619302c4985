package davprop

import (
	"github.com/go-multistatus/multistatus"
)

var reportSets = kind[[]multistatus.Name]{parseReports, writeReports, showNames}

// parseReports reads the names of reports, and forgives that they are not within an element report.
func parseReports(v multistatus.Value) (all []multistatus.Name, r Report, err error) {
	r = unprefixed(v)
	for child := range children(v, "supported-report") {
		for n, part := range child.Elements() {
			if isDAV(n, "report") {
				n = firstName(part)
			} else if r.Quirk == 0 {
				r = Report{QuirkReportUnwrapped, n.Local}
			}
			if n.Local != "" {
				all = append(all, qualified(n))
			}
		}
	}
	return all, r, nil
}

func writeReports(e *multistatus.Encoder, n multistatus.Name, all []multistatus.Name) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	for _, report := range all {
		w.within("supported-report", func() { w.names("report", report) })
	}
	return w.put(e, n)
}
