// Package rclone shows what would change in a client that reads a listing as the WebDAV backend of rclone does.
//
// That backend needs too much of rclone to be imported here. Model is a model of it, written from what it is known to do, and
// reduced to a listing: the same shape of types, the same leniency. It is not its code.
package rclone

import (
	"encoding/xml"
	"io"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Item is what is known of one member of a collection.
type Item struct {
	Name     string
	Dir      bool
	Size     int64 // 0 if it is not told
	Modified time.Time
}

// modelBody has the propstats of a response in one struct, so that of each property the last one counts, whatever its status.
type modelBody struct {
	Responses []struct {
		Href  string `xml:"href"`
		Props struct {
			Status       []string  `xml:"DAV: status"`
			Collection   *xml.Name `xml:"DAV: prop>resourcetype>collection"`
			IsCollection *string   `xml:"DAV: prop>iscollection"`
			Size         int64     `xml:"DAV: prop>getcontentlength"`
			Modified     modelTime `xml:"DAV: prop>getlastmodified"`
		} `xml:"propstat"`
	} `xml:"response"`
}

// modelTime is a date in any of five forms, else 1970.
type modelTime time.Time

func (t *modelTime) UnmarshalText(text []byte) error {
	*t = modelTime(time.Unix(0, 0))
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, time.UnixDate, "Mon, _2 Jan 2006 15:04:05 MST", time.RFC3339} {
		if at, err := time.Parse(layout, string(text)); err == nil {
			*t = modelTime(at)
			break
		}
	}
	return nil
}

var modelStatus = regexp.MustCompile(`^HTTP/[0-9.]+\s+(\d+)`)

// modelOK reports whether one of the statuses is a success or 425, or there is none.
func modelOK(statuses []string) bool {
	for _, s := range statuses {
		if m := modelStatus.FindStringSubmatch(s); m != nil {
			if code, _ := strconv.Atoi(m[1]); code/100 == 2 || code == 425 {
				return true
			}
		}
	}
	return len(statuses) == 0
}

// Model lists the members of base as the backend does: the whole body first, and then response by response.
func Model(body io.Reader, base *url.URL) (items []Item, err error) {
	var m modelBody
	if err := xml.NewDecoder(body).Decode(&m); err != nil {
		return nil, err
	}
	for i := range m.Responses {
		r := &m.Responses[i]
		u, err := base.Parse(r.Href)
		if err != nil {
			continue // and a line in the log
		}
		below, ok := strings.CutPrefix(u.Path, base.Path)
		dir := r.Props.Collection != nil
		if c := r.Props.IsCollection; !dir && c != nil {
			dir, _ = strconv.ParseBool(*c)
		}
		if name := strings.TrimSuffix(below, "/"); ok && name != "" && modelOK(r.Props.Status) {
			items = append(items, Item{Name: path.Clean(name), Dir: dir, Size: r.Props.Size, Modified: time.Time(r.Props.Modified)})
		}
	}
	return items, nil
}
