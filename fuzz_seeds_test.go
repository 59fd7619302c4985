package multistatus

// The bodies of the tests' tables are seeds too.
func init() {
	caseBodies = func(add func(body []byte, contentType string)) {
		for _, c := range decodeCases {
			body, _ := markless(c.body)
			add([]byte(body), c.opts.ContentType)
		}
		for _, c := range charsetCases {
			add([]byte(c.body), c.contentType)
		}
	}
}
