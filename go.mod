module github.com/go-multistatus/multistatus

go 1.25.0

require (
	github.com/google/go-cmp v0.7.0 // indirect
	golang.org/x/net v0.58.0 // indirect
)
