module github.com/go-multistatus/multistatus/examples/adopt

go 1.25.0

replace github.com/go-multistatus/multistatus => ../../

require (
	github.com/emersion/go-webdav v0.6.0
	github.com/go-multistatus/multistatus v0.0.0
	github.com/google/go-cmp v0.7.0
	github.com/studio-b12/gowebdav v0.13.0
	golang.org/x/net v0.58.0
)

require (
	github.com/emersion/go-vcard v0.0.0-20230815062825-8fda7d206ec9 // indirect
	golang.org/x/text v0.41.0 // indirect
)
