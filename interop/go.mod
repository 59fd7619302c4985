module github.com/go-multistatus/multistatus/interop

go 1.25.0

replace github.com/go-multistatus/multistatus => ../

require (
	github.com/emersion/go-webdav v0.6.0
	github.com/go-multistatus/multistatus v0.0.0
	github.com/studio-b12/gowebdav v0.13.0
)

require (
	golang.org/x/net v0.58.0 // indirect
	golang.org/x/text v0.41.0 // indirect
)
